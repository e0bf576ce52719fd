using System.Globalization;
using System.Text.RegularExpressions;
using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>A line of the test language: a series and its points, <c>metric{a="b"} 1 2+3x2 _ stale</c>.</summary>
public sealed partial record SeriesText(Labels Labels, IReadOnlyList<PointText> Points, bool IsStartTimestamps)
{
    public bool HasHistogram => Points.Any(static point => point.IsHistogram);

    public static SeriesText Parse(string line)
    {
        var end = EndOfMetric(line);
        var labels = ParseLabels(line[..end]);
        var rest = line[end..];
        var isStartTimestamps = rest.StartsWith("@st", StringComparison.Ordinal);
        return new SeriesText(labels, isStartTimestamps ? [] : ParsePoints(rest), isStartTimestamps);
    }

    /// <summary>A line that is one number and nothing else.</summary>
    public static bool TryParseScalar(string line, out double value) => TryParseNumber(line, out value);

    public static Labels ParseLabels(string metric)
    {
        if (metric == "{}")
        {
            return Labels.Empty;
        }

        var selector = (VectorSelector)PromQLExpression.Parse(metric.EndsWith("{}", StringComparison.Ordinal) ? metric[..^2] : metric).Root;
        return Labels.Create([.. selector.Matchers.Select(static matcher => new Label(matcher.Name, matcher.Value))]);
    }

    public static IReadOnlyList<PointText> ParsePoints(string text)
    {
        var points = new List<PointText>();
        foreach (Match match in Token().Matches(text))
        {
            AddPoints(match.Value, points);
        }

        return points;
    }

    private static void AddPoints(string token, List<PointText> points)
    {
        if (token.Contains("{{", StringComparison.Ordinal))
        {
            var repeat = HistogramRepeat().Match(token);
            var histograms = repeat.Success ? int.Parse(repeat.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + 1 : 1;
            points.AddRange(Enumerable.Repeat(PointText.Histogram, histograms));
            return;
        }

        var gap = Gap().Match(token);
        if (gap.Success)
        {
            var gaps = gap.Groups[2].Success ? int.Parse(gap.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 1;
            points.AddRange(Enumerable.Repeat(gap.Groups[1].Value == "_" ? PointText.Gap : PointText.Of(Staleness.Marker), gaps));
            return;
        }

        var number = Numbers().Match(token);
        Assert.True(number.Success, $"cannot read the point {token}");
        Assert.True(TryParseNumber(number.Groups[1].Value, out var first), token);
        var increment = 0.0;
        Assert.True(!number.Groups[2].Success || TryParseNumber(number.Groups[2].Value, out increment), token);
        var times = number.Groups[3].Success ? int.Parse(number.Groups[3].ValueSpan, CultureInfo.InvariantCulture) : 0;
        for (var i = 0; i <= times; i++)
        {
            points.Add(PointText.Of(first));
            first += increment;
        }
    }

    private static int EndOfMetric(string line)
    {
        var inString = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && (i == 0 || line[i - 1] != '\\'))
            {
                inString = !inString;
            }
            else if (!inString && line[i] == '}')
            {
                return i + 1;
            }
            else if (!inString && line[i] is ' ' or '\t' or '@' && !line[..i].Contains('{', StringComparison.Ordinal))
            {
                return i;
            }
        }

        return line.Length;
    }

    private static bool TryParseNumber(string text, out double value)
    {
        var plain = text.TrimStart('+', '-');
        var sign = text.StartsWith('-') ? -1 : 1;
        value = plain.Equals("inf", StringComparison.OrdinalIgnoreCase) ? sign * double.PositiveInfinity
            : plain.Equals("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN : 0;
        return value != 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    [GeneratedRegex(@"(?:\{\{.*?\}\}|[^\s{])+")]
    private static partial Regex Token();

    [GeneratedRegex(@"\}\}x(\d+)$")]
    private static partial Regex HistogramRepeat();

    [GeneratedRegex(@"^(_|stale)(?:x(\d+))?$")]
    private static partial Regex Gap();

    [GeneratedRegex(@"^([+-]?(?:inf|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))([+-](?:inf|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))?(?:x(\d+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Numbers();
}
