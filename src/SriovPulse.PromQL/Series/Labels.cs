using System.Text;

namespace SriovPulse.PromQL.Series;

/// <summary>The labels of a series, sorted by name (ordinal), without empty values. Immutable; equal when all names and values are.</summary>
public sealed partial class Labels : IEquatable<Labels>
{
    /// <summary>Name of the label that holds the metric's name.</summary>
    public const string MetricName = "__name__";

    private readonly Label[] _labels;

    // Most label sets of a query are never hashed, so it is made when first asked for: 0 until then. Threads that race make the same one.
    private int _hash;

    private Labels(Label[] sorted) => _labels = sorted;

    /// <summary>No labels.</summary>
    public static Labels Empty { get; } = new([]);

    /// <summary>How many labels there are.</summary>
    public int Count => _labels.Length;

    /// <summary>The label at a position in the order of names.</summary>
    public Label this[int position] => _labels[position];

    /// <summary>The metric's name; empty when there is none.</summary>
    public string Name => Get(MetricName);

    /// <summary>The labels, sorted by name.</summary>
    public ReadOnlySpan<Label> AsSpan() => _labels;

    /// <summary>Labels from pairs in any order; pairs with an empty value are left out.</summary>
    /// <exception cref="ArgumentException">A name is there twice.</exception>
    public static Labels Create(params ReadOnlySpan<Label> labels)
    {
        var count = 0;
        foreach (var label in labels)
        {
            count += label.Value.Length == 0 ? 0 : 1;
        }

        if (count == 0)
        {
            return Empty;
        }

        var own = new Label[count];
        var at = 0;
        foreach (var label in labels)
        {
            if (label.Value.Length != 0)
            {
                own[at++] = label;
            }
        }

        Array.Sort(own, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        for (var i = 1; i < own.Length; i++)
        {
            if (own[i].Name == own[i - 1].Name)
            {
                throw new ArgumentException($"the label {own[i].Name} is there twice", nameof(labels));
            }
        }

        return new Labels(own);
    }

    /// <summary>The value of a label; empty when it is not there, which PromQL does not tell apart.</summary>
    public string Get(string name)
    {
        // Series have about ten labels: walking them beats a search that compares whole names.
        foreach (ref readonly var label in _labels.AsSpan())
        {
            if ((object)label.Name == name || label.Name == name)
            {
                return label.Value;
            }
        }

        return string.Empty;
    }

    /// <inheritdoc/>
    public bool Equals(Labels? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        return other is not null && GetHashCode() == other.GetHashCode() && _labels.AsSpan().SequenceEqual(other._labels);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Labels);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash != 0)
        {
            return _hash;
        }

        var hash = default(HashCode);
        foreach (ref readonly var label in _labels.AsSpan())
        {
            hash.Add(label.Name);
            hash.Add(label.Value);
        }

        return _hash = hash.ToHashCode();
    }

    /// <summary>As PromQL writes it: <c>name{a="1", b="2"}</c>, or <c>{}</c> when there are none.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name);
        var others = 0;
        foreach (var label in _labels)
        {
            if (label.Name == MetricName)
            {
                continue;
            }

            text.Append(others++ == 0 ? "{" : ", ").Append(label.Name).Append("=\"");
            foreach (var c in label.Value)
            {
                text.Append(c switch { '\\' => "\\\\", '"' => "\\\"", '\n' => "\\n", _ => c.ToString() });
            }

            text.Append('"');
        }

        return others > 0 ? text.Append('}').ToString() : text.Length > 0 ? text.ToString() : "{}";
    }
}
