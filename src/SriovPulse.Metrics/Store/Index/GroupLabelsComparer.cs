using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store.Index;

/// <summary>A series' full labels, to find the group of those without the name.</summary>
internal readonly record struct FullLabels(Labels Labels);

/// <summary>Compares labels but for the metric's name, so that a group is found without building its labels.</summary>
internal sealed class GroupLabelsComparer : IEqualityComparer<Labels>, IAlternateEqualityComparer<FullLabels, Labels>
{
    public bool Equals(Labels? x, Labels? y) => x is null ? y is null : y is not null && Same(x.AsSpan(), y.AsSpan());

    public int GetHashCode(Labels labels) => Hash(labels.AsSpan());

    public bool Equals(FullLabels alternate, Labels other) => Same(alternate.Labels.AsSpan(), other.AsSpan());

    public int GetHashCode(FullLabels alternate) => Hash(alternate.Labels.AsSpan());

    public Labels Create(FullLabels alternate) =>
        Labels.Create(Array.FindAll(alternate.Labels.AsSpan().ToArray(), static label => label.Name != Labels.MetricName));

    private static int Hash(ReadOnlySpan<Label> labels)
    {
        var hash = default(HashCode);
        foreach (ref readonly var label in labels)
        {
            if (label.Name != Labels.MetricName)
            {
                hash.Add(label.Name);
                hash.Add(label.Value);
            }
        }

        return hash.ToHashCode();
    }

    private static bool Same(ReadOnlySpan<Label> full, ReadOnlySpan<Label> other)
    {
        var at = 0;
        foreach (ref readonly var label in full)
        {
            if (label.Name == Labels.MetricName)
            {
                continue;
            }

            if (at == other.Length || label != other[at++])
            {
                return false;
            }
        }

        return at == other.Length;
    }
}
