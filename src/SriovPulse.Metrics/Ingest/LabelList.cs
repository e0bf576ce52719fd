using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Ingest;

/// <summary>Labels that are still being worked on: read from an exposition, joined with a target's, relabelled. Used again for the next series.</summary>
public sealed class LabelList
{
    private Label[] _labels = new Label[16];

    /// <summary>How many labels there are.</summary>
    public int Count { get; private set; }

    /// <summary>The label at a position; in the order in which they came.</summary>
    public Label this[int position] => Filled[position];

    private Span<Label> Filled => _labels.AsSpan(0, Count);

    /// <summary>Forgets all labels.</summary>
    public void Clear() => Count = 0;

    /// <summary>Appends a label whose name is not yet there, or one that <see cref="RepeatedName"/> is to find.</summary>
    public void Add(string name, string value)
    {
        if (Count == _labels.Length)
        {
            Array.Resize(ref _labels, Count * 2);
        }

        _labels[Count++] = new Label(name, value);
    }

    /// <summary>Appends all labels.</summary>
    public void Add(Labels labels)
    {
        foreach (ref readonly var label in labels.AsSpan())
        {
            Add(label.Name, label.Value);
        }
    }

    /// <summary>The value of a label; empty when it is not there.</summary>
    public string Get(string name) => Find(name) is var at and >= 0 ? _labels[at].Value : string.Empty;

    /// <summary>Whether there is a label of that name, if only with an empty value.</summary>
    public bool Has(string name) => Find(name) >= 0;

    /// <summary>Sets a label; an empty value removes it.</summary>
    public void Set(string name, string value)
    {
        var at = Find(name);
        if (value.Length == 0)
        {
            Remove(at);
        }
        else if (at >= 0)
        {
            _labels[at] = new Label(name, value);
        }
        else
        {
            Add(name, value);
        }
    }

    /// <summary>Removes a label if it is there.</summary>
    public void Remove(string name) => Remove(Find(name));

    /// <summary>Removes all labels for which a condition holds.</summary>
    public void RemoveAll(Predicate<Label> condition)
    {
        var kept = 0;
        foreach (var label in Filled)
        {
            if (!condition(label))
            {
                _labels[kept++] = label;
            }
        }

        Count = kept;
    }

    /// <summary>A name that is there more than once; null when all differ.</summary>
    public string? RepeatedName()
    {
        for (var i = 1; i < Count; i++)
        {
            if (Find(_labels[i].Name) < i)
            {
                return _labels[i].Name;
            }
        }

        return null;
    }

    /// <summary>The labels as they are now.</summary>
    /// <exception cref="ArgumentException">A name is there twice.</exception>
    public Labels ToLabels() => Labels.Create(Filled);

    // Ten labels or so: a walk beats a dictionary.
    private int Find(string name)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_labels[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private void Remove(int at)
    {
        if (at >= 0)
        {
            Filled[(at + 1)..].CopyTo(Filled[at..]);
            Count--;
        }
    }
}
