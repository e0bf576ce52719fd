namespace SriovPulse.PromQL.Series;

/// <summary>Label sets made of others.</summary>
public sealed partial class Labels
{
    /// <summary>Name of the label that may hold the metric's type.</summary>
    public const string MetricType = "__type__";

    /// <summary>Name of the label that may hold the metric's unit.</summary>
    public const string MetricUnit = "__unit__";

    /// <summary>Whether the metric's type or unit is among the labels.</summary>
    internal bool HasTypeOrUnit
    {
        get
        {
            foreach (ref readonly var label in _labels.AsSpan())
            {
                if (label.Name.Length == MetricType.Length && (label.Name is MetricType or MetricUnit))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether a label describes the metric rather than the series: its name, type and unit. Operations that change the meaning drop them.</summary>
    public static bool IsMetadata(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        // The three are of one length, and few others are.
        return name.Length == MetricName.Length && (name is MetricName or MetricType or MetricUnit);
    }

    /// <summary>Without name, type and unit of the metric; the same object when there are none.</summary>
    public Labels WithoutMetadata()
    {
        var dropped = 0;
        foreach (ref readonly var label in _labels.AsSpan())
        {
            dropped += IsMetadata(label.Name) ? 1 : 0;
        }

        if (dropped == 0)
        {
            return this;
        }

        var kept = new Label[_labels.Length - dropped];
        var at = 0;
        foreach (ref readonly var label in _labels.AsSpan())
        {
            if (!IsMetadata(label.Name))
            {
                kept[at++] = label;
            }
        }

        return at == 0 ? Empty : new Labels(kept);
    }

    /// <summary>Only some labels.</summary>
    public Labels Keep(IReadOnlyList<string> names) => Filter(names, keep: true);

    /// <summary>All but some labels; the same object when none of them is there.</summary>
    public Labels Without(IReadOnlyList<string> names) => Filter(names, keep: false);

    /// <summary>With one label set to a value; an empty value removes it.</summary>
    public Labels With(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        var place = 0;
        while (place < _labels.Length && string.CompareOrdinal(_labels[place].Name, name) < 0)
        {
            place++;
        }

        var isThere = place < _labels.Length && _labels[place].Name == name;
        if (isThere ? _labels[place].Value == value : value.Length == 0)
        {
            return this;
        }

        var rest = _labels.AsSpan(isThere ? place + 1 : place);
        var made = new Label[place + (value.Length == 0 ? 0 : 1) + rest.Length];
        _labels.AsSpan(0, place).CopyTo(made);
        rest.CopyTo(made.AsSpan(made.Length - rest.Length));
        if (value.Length != 0)
        {
            made[place] = new Label(name, value);
        }

        return made.Length == 0 ? Empty : new Labels(made);
    }

    /// <summary>With the values that another label set has for some labels; those that it does not have are removed.</summary>
    public Labels WithThoseOf(Labels other, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0)
        {
            return this;
        }

        var made = new Label[_labels.Length + names.Count];
        _labels.CopyTo(made, 0);
        var count = _labels.Length;
        for (var i = 0; i < names.Count; i++)
        {
            var label = new Label(names[i], other.Get(names[i]));
            var place = 0;
            while (place < count && string.CompareOrdinal(made[place].Name, label.Name) < 0)
            {
                place++;
            }

            var isThere = place < count && made[place].Name == label.Name;
            if (label.Value.Length == 0)
            {
                if (isThere)
                {
                    made.AsSpan((place + 1)..count--).CopyTo(made.AsSpan(place));
                }

                continue;
            }

            if (!isThere)
            {
                made.AsSpan(place..count++).CopyTo(made.AsSpan(place + 1));
            }

            made[place] = label;
        }

        return count == 0 ? Empty : new Labels(count == made.Length ? made : made[..count]);
    }

    /// <summary>Orders label sets by names and values, as Prometheus orders a matrix.</summary>
    public static int Compare(Labels left, Labels right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var both = Math.Min(left.Count, right.Count);
        for (var i = 0; i < both; i++)
        {
            var order = string.CompareOrdinal(left._labels[i].Name, right._labels[i].Name);
            order = order != 0 ? order : string.CompareOrdinal(left._labels[i].Value, right._labels[i].Value);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Count.CompareTo(right.Count);
    }

    /// <summary>With the metric's name as a label like others: <c>{__name__="up", job="x"}</c>, as Prometheus' messages write it.</summary>
    internal string ToBraces()
    {
        var texts = new string[_labels.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = $"{_labels[i].Name}={Parsing.StringText.Quote(_labels[i].Value)}";
        }

        return $"{{{string.Join(", ", texts)}}}";
    }

    private Labels Filter(IReadOnlyList<string> names, bool keep)
    {
        ArgumentNullException.ThrowIfNull(names);
        var kept = new Label[_labels.Length];
        var count = 0;
        foreach (ref readonly var label in _labels.AsSpan())
        {
            if (Contains(names, label.Name) == keep)
            {
                kept[count++] = label;
            }
        }

        return count == 0 ? Empty : count == _labels.Length ? this : new Labels(kept[..count]);
    }

    private static bool Contains(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return true;
            }
        }

        return false;
    }
}
