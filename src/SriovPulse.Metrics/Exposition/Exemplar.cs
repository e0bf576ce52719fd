namespace SriovPulse.Metrics.Exposition;

/// <summary>An example of what a sample counts, such as a trace.</summary>
public readonly ref struct Exemplar
{
    /// <summary>Its labels as they stand, braces included.</summary>
    public ReadOnlySpan<byte> Labels { get; init; }

    /// <summary>Its value.</summary>
    public double Value { get; init; }

    /// <summary>Whether it has a timestamp.</summary>
    public bool HasTimestamp { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public long Timestamp { get; init; }
}
