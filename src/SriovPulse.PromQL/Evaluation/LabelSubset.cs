using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>The labels that series are matched or grouped by. Hashes and compares them without making new label sets.</summary>
internal sealed class LabelSubset
{
    private readonly string[] _names;
    private readonly bool _isOn;

    private LabelSubset(bool isOn, IEnumerable<string> names)
    {
        _isOn = isOn;
        _names = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        SeesMetadata = !isOn || Array.Exists(_names, Labels.IsMetadata);
        SeesName = isOn == Array.IndexOf(_names, Labels.MetricName) >= 0;
    }

    /// <summary>Whether the metric's name makes a difference.</summary>
    public bool SeesName { get; }

    /// <summary>Whether a metric's name, type or unit can make a difference.</summary>
    public bool SeesMetadata { get; }

    /// <summary>Only these.</summary>
    public static LabelSubset On(IEnumerable<string> names) => new(true, names);

    /// <summary>All but these and the metric's name.</summary>
    public static LabelSubset Ignoring(IEnumerable<string> names) => new(false, names.Append(Labels.MetricName));

    /// <summary>All but these.</summary>
    public static LabelSubset Except(params string[] names) => new(false, names);

    /// <summary>The label set of a series' group.</summary>
    public Labels Of(Labels labels) => _isOn ? labels.Keep(_names) : labels.Without(_names);

    public int Hash(Labels labels)
    {
        var hash = default(HashCode);
        if (_isOn)
        {
            foreach (var name in _names)
            {
                hash.Add(labels.Get(name));
            }

            return hash.ToHashCode();
        }

        foreach (ref readonly var label in labels.AsSpan())
        {
            if (Array.IndexOf(_names, label.Name) < 0)
            {
                hash.Add(label.Name);
                hash.Add(label.Value);
            }
        }

        return hash.ToHashCode();
    }

    public bool Same(Labels left, Labels right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (_isOn)
        {
            foreach (var name in _names)
            {
                if (left.Get(name) != right.Get(name))
                {
                    return false;
                }
            }

            return true;
        }

        var l = left.AsSpan();
        var r = right.AsSpan();
        var (i, j) = (0, 0);
        while (true)
        {
            i = Next(l, i);
            j = Next(r, j);
            if (i == l.Length || j == r.Length)
            {
                return i == l.Length && j == r.Length;
            }

            if (l[i].Name != r[j].Name || l[i].Value != r[j].Value)
            {
                return false;
            }

            (i, j) = (i + 1, j + 1);
        }
    }

    private int Next(ReadOnlySpan<Label> labels, int at)
    {
        while (at < labels.Length && Array.IndexOf(_names, labels[at].Name) >= 0)
        {
            at++;
        }

        return at;
    }
}
