using System.Text;
using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Exposition;

/// <summary>
/// What OpenMetrics 1.0 demands beyond its grammar: families whole and named apart, metrics grouped, types, values and labels that fit together.
/// Each method says what is wrong, or null.
/// </summary>
internal sealed class OpenMetricsRules
{
    private readonly HashSet<string> _families = [];
    private readonly HashSet<string> _sampleNames = [];
    private readonly HashSet<EntryKind> _said = [];
    private readonly MetricGroups _groups = new();
    private string? _family;
    private MetricKind _kind;
    private string _unit = string.Empty;
    private bool _hasSamples;

    /// <summary>Where the reader puts a sample's labels, the metric's name left out, before <see cref="Sample"/>.</summary>
    public LabelList Labels { get; } = new();

    /// <summary>A TYPE, HELP or UNIT line.</summary>
    public string? Metadata(EntryKind what, ReadOnlySpan<byte> family, MetricKind kind, ReadOnlySpan<byte> text)
    {
        var name = Encoding.UTF8.GetString(family);
        if (name != _family)
        {
            if (Enter(name) is { } problem)
            {
                return problem;
            }
        }
        else if (_hasSamples)
        {
            return $"TYPE, HELP and UNIT of {name} come before its samples";
        }

        if (!_said.Add(what))
        {
            return $"{name} has a second {what} line";
        }

        if (what == EntryKind.Type)
        {
            _kind = kind;
        }
        else if (what == EntryKind.Unit)
        {
            _unit = Encoding.UTF8.GetString(text);
        }

        if (_unit.Length > 0 && _kind is MetricKind.Info or MetricKind.StateSet)
        {
            return $"{name} has a unit, which info and stateset metrics cannot have";
        }

        return what == EntryKind.Type ? ClaimNames() : null;
    }

    /// <summary>A sample, whose labels are in <see cref="Labels"/>.</summary>
    public string? Sample(string name, double value, double? timestamp, bool hasExemplar)
    {
        if (_family is null || !SampleRules.Belongs(name, _family, _kind))
        {
            if (Enter(name) is { } problem)
            {
                return problem;
            }
        }

        if (!_hasSamples)
        {
            _hasSamples = true;
            if (!_said.Contains(EntryKind.Type) && ClaimNames() is { } problem)
            {
                return problem;
            }
        }

        var suffix = name[_family!.Length..];
        return SampleRules.Check(_family, _kind, suffix, Labels, value, hasExemplar) ?? _groups.Add(_family, _kind, suffix, Labels, value, timestamp);
    }

    /// <summary><c># EOF</c>.</summary>
    public string? End() => Leave();

    private string? Enter(string family)
    {
        if (Leave() is { } problem)
        {
            return problem;
        }

        _family = family;
        _kind = MetricKind.Unknown;
        _unit = string.Empty;
        _said.Clear();
        _hasSamples = false;
        return _families.Add(family) ? null : $"{family} was there before: the lines of a family stand together";
    }

    private string? Leave() => _groups.End() ?? (_family is not null && !_hasSamples && !_said.Contains(EntryKind.Type) ? ClaimNames() : null);

    private string? ClaimNames()
    {
        foreach (var suffix in SampleRules.Suffixes(_kind))
        {
            if (!_sampleNames.Add(_family + suffix))
            {
                return $"{_family}{suffix} can belong to {_family} and to an earlier family: rename one";
            }
        }

        return null;
    }
}
