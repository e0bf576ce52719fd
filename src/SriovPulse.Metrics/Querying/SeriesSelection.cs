using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Querying;

/// <summary>Which series are meant.</summary>
public sealed record SeriesSelection
{
    /// <summary>All series at all times.</summary>
    public static SeriesSelection All { get; } = new();

    /// <summary>Each a list of matchers; a series must satisfy all of one of them. None: every series.</summary>
    public IReadOnlyList<IReadOnlyList<LabelMatcher>> Selectors { get; init; } = [];

    /// <summary>They have samples from here on, milliseconds since 1970; null: from whenever.</summary>
    public long? Start { get; init; }

    /// <summary>They have samples up to here; null: until whenever.</summary>
    public long? End { get; init; }

    /// <summary>How many entries an answer has at most; 0: as many as there are. An answer that was cut off has a warning.</summary>
    public int Limit { get; init; }
}
