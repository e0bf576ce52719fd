using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Exposition;

/// <summary>What OpenMetrics demands of the samples of one histogram at one time.</summary>
internal sealed class HistogramRules
{
    private double? _bound;
    private double _bucket;
    private double? _count;
    private double? _sum;
    private bool _negativeBounds;
    private bool _isGauge;

    /// <summary>One of its samples.</summary>
    public string? Add(string suffix, LabelList labels, double value)
    {
        switch (suffix)
        {
            case "_bucket":
                var bound = SampleRules.Bound(labels.Get("le"));
                if (bound <= _bound)
                {
                    return "buckets stand in rising order of le";
                }

                if (value < _bucket)
                {
                    return "a bucket counts at least what the one before it counts";
                }

                _bound = bound;
                _bucket = value;
                _negativeBounds |= bound < 0;
                return null;
            case "_count" or "_gcount":
                _count = value;
                return null;
            case "_sum":
                _sum = value;
                return null;
            case "_gsum":
                _sum = value;
                _isGauge = true;
                return null;
            default:
                return null;
        }
    }

    /// <summary>All of them were there.</summary>
    public string? End()
    {
        var problem = this switch
        {
            { _bound: not double.PositiveInfinity } => "the histogram before this line has no bucket with le=\"+Inf\"",
            { _count: { } count } when count != _bucket => "the histogram before this line has a count that its bucket with le=\"+Inf\" does not have",
            { _count: null, _sum: not null } or { _count: not null, _sum: null } => "the histogram before this line has only one of sum and count",
            { _negativeBounds: true, _sum: not null, _isGauge: false } => "the histogram before this line has negative buckets, hence can have no sum",
            { _negativeBounds: false, _sum: < 0 } => "the histogram before this line has a negative sum without negative buckets",
            _ => null,
        };
        _bound = null;
        _bucket = 0;
        _count = null;
        _sum = null;
        _negativeBounds = false;
        _isGauge = false;
        return problem;
    }
}
