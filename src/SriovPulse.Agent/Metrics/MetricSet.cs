namespace SriovPulse.Agent.Metrics;

/// <summary>The families of one collector, in the order in which they are written. Derive, and make each family in a field initialiser.</summary>
public abstract class MetricSet
{
    private readonly List<MetricFamily> _families = [];

    /// <summary>The families, by slot.</summary>
    public IReadOnlyList<MetricFamily> Families => _families;

    /// <summary>A counter; <paramref name="name"/> ends in <c>_total</c>.</summary>
    /// <exception cref="ArgumentException">The name breaks the naming rule.</exception>
    protected MetricFamily Counter(string name, string help, string unit = "") => Add(name, MetricType.Counter, "_total", unit, help);

    /// <summary>A gauge.</summary>
    protected MetricFamily Gauge(string name, string help, string unit = "") => Add(name, MetricType.Gauge, string.Empty, unit, help);

    /// <summary>An info metric; <paramref name="name"/> ends in <c>_info</c>.</summary>
    /// <exception cref="ArgumentException">The name breaks the naming rule.</exception>
    protected MetricFamily Info(string name, string help) => Add(name, MetricType.Info, "_info", string.Empty, help);

    private MetricFamily Add(string name, MetricType type, string suffix, string unit, string help)
    {
        if (!name.EndsWith(suffix, StringComparison.Ordinal))
        {
            throw new ArgumentException($"the name of a {type} ends in {suffix}: {name}", nameof(name));
        }

        var stem = name[..^suffix.Length];
        if (unit.Length > 0 && !stem.EndsWith("_" + unit, StringComparison.Ordinal))
        {
            throw new ArgumentException($"{name} does not end in its unit {unit}", nameof(unit));
        }

        var family = new MetricFamily(_families.Count, name, type, unit, help);
        _families.Add(family);
        return family;
    }
}
