namespace SriovPulse.Agent.Exposition;

/// <summary>Content encodings in which a body is kept.</summary>
internal enum BodyEncoding
{
    /// <summary>As rendered.</summary>
    Identity,

    /// <summary>Compressed.</summary>
    Gzip,
}
