namespace SriovPulse.PromQL.Functions;

/// <summary>How much a series changed in a window, and how often.</summary>
internal static class CounterFunctions
{
    // A gap up to this many mean distances between samples is bridged; behind a longer one the series is taken to begin or end halfway.
    private const double BridgedGap = 1.1;

    public static bool Rate(in WindowArguments window, out double value)
    {
        var found = Extrapolated(in window, isCounter: true, out value);
        value /= (window.End - window.Start) / 1000.0;
        return found;
    }

    public static bool Increase(in WindowArguments window, out double value) => Extrapolated(in window, isCounter: true, out value);

    public static bool Delta(in WindowArguments window, out double value) => Extrapolated(in window, isCounter: false, out value);

    public static bool InstantRate(in WindowArguments window, out double value)
    {
        value = 0;
        if (window.Values.Length < 2)
        {
            return false;
        }

        var (before, last) = (window.Values[^2], window.Values[^1]);
        var seconds = (window.Timestamps[^1] - window.Timestamps[^2]) / 1000.0;
        value = (last < before ? last : last - before) / seconds;
        return seconds > 0;
    }

    public static bool InstantDelta(in WindowArguments window, out double value)
    {
        value = window.Values.Length < 2 ? 0 : window.Values[^1] - window.Values[^2];
        return window.Values.Length >= 2;
    }

    public static bool Resets(in WindowArguments window, out double value)
    {
        value = 0;
        for (var i = 1; i < window.Values.Length; i++)
        {
            value += window.Values[i] < window.Values[i - 1] ? 1 : 0;
        }

        return true;
    }

    public static bool Changes(in WindowArguments window, out double value)
    {
        value = 0;
        for (var i = 1; i < window.Values.Length; i++)
        {
            var (before, now) = (window.Values[i - 1], window.Values[i]);
            value += now != before && !(double.IsNaN(now) && double.IsNaN(before)) ? 1 : 0;
        }

        return true;
    }

    /// <summary>The change between the first and last sample, stretched to the window's ends as far as the series seems to reach.</summary>
    private static bool Extrapolated(in WindowArguments window, bool isCounter, out double value)
    {
        var times = window.Timestamps;
        var values = window.Values;
        value = 0;
        if (values.Length < 2)
        {
            return false;
        }

        var change = values[^1] - values[0];
        if (isCounter)
        {
            for (var i = 1; i < values.Length; i++)
            {
                change += values[i] < values[i - 1] ? values[i - 1] : 0;
            }
        }

        var toStart = (times[0] - window.Start) / 1000.0;
        var toEnd = (window.End - times[^1]) / 1000.0;
        var sampled = (times[^1] - times[0]) / 1000.0;
        var distance = sampled / (values.Length - 1);
        if (toStart >= distance * BridgedGap)
        {
            toStart = distance / 2;
        }

        if (isCounter && change > 0 && values[0] >= 0)
        {
            // A counter was not below zero: it began no earlier than its slope allows.
            toStart = Math.Min(toStart, sampled * (values[0] / change));
        }

        if (toEnd >= distance * BridgedGap)
        {
            toEnd = distance / 2;
        }

        value = change * ((sampled + toStart + toEnd) / sampled);
        return true;
    }
}
