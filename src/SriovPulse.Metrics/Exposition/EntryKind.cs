namespace SriovPulse.Metrics.Exposition;

/// <summary>What an <see cref="ExpositionReader"/> stands on.</summary>
public enum EntryKind
{
    /// <summary>Nothing was read yet, or the end is reached.</summary>
    None,

    /// <summary>A family's type.</summary>
    Type,

    /// <summary>A family's help.</summary>
    Help,

    /// <summary>A family's unit.</summary>
    Unit,

    /// <summary>A sample.</summary>
    Series,
}
