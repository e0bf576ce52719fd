namespace SriovPulse.Agent.Metrics;

/// <summary>
/// What is fixed about a metric: name, meaning, type. Families are made by a <see cref="MetricSet"/>, which gives each its slot in that set's sample buffers.
/// </summary>
public sealed class MetricFamily
{
    internal MetricFamily(int slot, string name, MetricType type, string unit, string help)
    {
        Slot = slot;
        Name = name;
        Type = type;
        Unit = unit;
        Help = help;
    }

    /// <summary>Position in the set, from 0.</summary>
    public int Slot { get; }

    /// <summary>Full name as the text format shows it, with <c>_total</c> or <c>_info</c>.</summary>
    public string Name { get; }

    /// <summary>Type of the family.</summary>
    public MetricType Type { get; }

    /// <summary>OpenMetrics unit (<c>bytes</c>, <c>seconds</c>, <c>ratio</c>), or empty when the name ends in none.</summary>
    public string Unit { get; }

    /// <summary>One line for people: what it is and which kernel field it comes from.</summary>
    public string Help { get; }
}
