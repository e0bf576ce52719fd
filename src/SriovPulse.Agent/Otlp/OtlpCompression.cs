namespace SriovPulse.Agent.Otlp;

/// <summary>How requests are compressed.</summary>
internal enum OtlpCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>With gzip.</summary>
    Gzip,
}
