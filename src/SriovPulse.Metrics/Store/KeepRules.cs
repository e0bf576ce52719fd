using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Store;

/// <summary>Which series are kept and for how long. Immutable; windows are milliseconds.</summary>
internal sealed class KeepRules
{
    /// <summary>A window without end.</summary>
    public const long Forever = long.MaxValue / 4;

    private readonly KeptSelector[] _selectors;
    private readonly Dictionary<string, KeptSelector[]> _byName;
    private readonly KeptSelector[] _anyName;

    /// <summary>Rules.</summary>
    /// <param name="selectors">What loaded rules select.</param>
    /// <param name="others">How long everything else is kept; zero: not at all.</param>
    public KeepRules(IEnumerable<KeptSelector> selectors, TimeSpan others)
    {
        _selectors = [.. selectors];
        Others = Milliseconds(others);
        var named = _selectors.ToLookup(NameOf);
        _anyName = [.. named[string.Empty]];
        _byName = named.Where(static ofName => ofName.Key.Length > 0).ToDictionary(static ofName => ofName.Key, static ofName => ofName.ToArray());
        Ladder = [.. _selectors.Select(static selector => Milliseconds(selector.Window)).Append(Others).Where(static window => window > 0).Distinct().Order()];
    }

    /// <summary>How long series are kept that no rule selects.</summary>
    public long Others { get; }

    /// <summary>Whether there are rules that select.</summary>
    public bool HasSelectors => _selectors.Length > 0;

    /// <summary>The different windows, shortest first.</summary>
    public long[] Ladder { get; }

    /// <summary>What the rules select, as the index takes it.</summary>
    public IEnumerable<KeptSelector> Selectors => _selectors;

    /// <summary>How long a series is kept, and whether a rule selects it.</summary>
    public (long Window, bool IsSelected) For(Labels labels)
    {
        var window = 0L;
        var selected = false;
        foreach (var selector in _byName.GetValueOrDefault(labels.Name, []).Concat(_anyName))
        {
            if (selector.Matchers.All(matcher => matcher.Matches(labels.Get(matcher.Name))))
            {
                selected = true;
                window = Math.Max(window, Milliseconds(selector.Window));
            }
        }

        return selected ? (window, true) : (Others, false);
    }

    /// <summary>A window in milliseconds; infinite ones are the longest there is.</summary>
    public static long Milliseconds(TimeSpan window) => window == Timeout.InfiniteTimeSpan ? Forever : (long)window.TotalMilliseconds;

    private static string NameOf(KeptSelector selector) =>
        selector.Matchers.FirstOrDefault(static matcher => matcher.Name == Labels.MetricName && matcher.Kind == MatchKind.Equal)?.Value ?? string.Empty;
}
