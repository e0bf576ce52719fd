using System.Text;
using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Exposition;

/// <summary>
/// The metrics of one family at a time: the samples of a metric stand together, all with timestamps that do not fall or all without, and those of a
/// histogram agree with each other.
/// </summary>
internal sealed class MetricGroups
{
    private readonly HashSet<string> _seen = [];
    private readonly HashSet<string> _withoutTimestamp = [];
    private readonly HistogramRules _histogram = new();
    private readonly StringBuilder _key = new();
    private string? _group;
    private double? _timestamp;
    private bool _isHistogram;

    /// <summary>A sample of the family.</summary>
    public string? Add(string family, MetricKind kind, string suffix, LabelList labels, double value, double? timestamp)
    {
        var own = SampleRules.OwnLabel(family, kind, suffix);

        // All samples of an info family are one group: which labels are the metric's and which the information cannot be told.
        var group = kind == MetricKind.Info ? string.Empty : Key(labels, without: own);
        var isNew = group != _group;
        if ((isNew || timestamp != _timestamp) && EndPoint() is { } problem)
        {
            return problem;
        }

        if (isNew)
        {
            _withoutTimestamp.Clear();
            if (!_seen.Add(group))
            {
                return $"the samples of {family}{{{group}}} stand together";
            }
        }
        else if (timestamp.HasValue != _timestamp.HasValue)
        {
            return "either all samples of a metric have a timestamp or none has";
        }
        else if (timestamp < _timestamp && kind != MetricKind.Info)
        {
            return "the timestamps of a metric do not go back";
        }

        _group = group;
        _timestamp = timestamp;
        if (timestamp is null && !_withoutTimestamp.Add(suffix + '{' + Key(labels, without: null)))
        {
            return "this series was there before, and without timestamps a series has one sample";
        }

        _isHistogram = SampleRules.IsHistogram(kind);
        return _isHistogram ? _histogram.Add(suffix, labels, value) : null;
    }

    /// <summary>The family ends.</summary>
    public string? End()
    {
        var problem = EndPoint();
        _seen.Clear();
        _withoutTimestamp.Clear();
        _group = null;
        _timestamp = null;
        return problem;
    }

    private string? EndPoint()
    {
        var problem = _isHistogram ? _histogram.End() : null;
        _isHistogram = false;
        return problem;
    }

    private string Key(LabelList labels, string? without)
    {
        _key.Clear();
        var sorted = new List<PromQL.Series.Label>(labels.Count);
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i].Name != without)
            {
                sorted.Add(labels[i]);
            }
        }

        sorted.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach (var label in sorted)
        {
            _key.Append(_key.Length > 0 ? "," : string.Empty).Append(label.Name).Append("=\"")
                .Append(label.Value.Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }

        return _key.ToString();
    }
}
