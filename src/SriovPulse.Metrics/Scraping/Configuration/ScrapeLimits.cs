namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>What fails a scrape by being too much; 0 is no limit.</summary>
public sealed record ScrapeLimits
{
    /// <summary><c>sample_limit</c>: samples after relabelling.</summary>
    public int Samples { get; init; }

    /// <summary><c>body_size_limit</c>: bytes of the answer, decompressed.</summary>
    public long BodyBytes { get; init; }

    /// <summary><c>label_limit</c>: labels of a series, its name and the target's included.</summary>
    public int Labels { get; init; }

    /// <summary><c>label_name_length_limit</c>: bytes of a label's name.</summary>
    public int LabelNameLength { get; init; }

    /// <summary><c>label_value_length_limit</c>: bytes of a label's value.</summary>
    public int LabelValueLength { get; init; }
}
