using System.Globalization;
using System.Text.RegularExpressions;

namespace SriovPulse.Agent.Tests.Exposition;

/// <summary>
/// A strict reader of both text formats, which fails on what the specifications forbid: families in pieces or twice, samples that are not of their family, series
/// twice, a wrong or missing end. Written from the OpenMetrics 1.0.0 specification and the Prometheus page "Exposition formats".
/// </summary>
internal sealed partial class ExpositionDocument
{
    private readonly bool _isOpenMetrics;
    private readonly HashSet<string> _families = [];
    private readonly HashSet<string> _series = [];
    private readonly HashSet<string> _said = [];
    private string? _family;
    private string _type = string.Empty;

    private ExpositionDocument(bool isOpenMetrics) => _isOpenMetrics = isOpenMetrics;

    /// <summary>Value text by series.</summary>
    public Dictionary<string, string> Values { get; } = [];

    /// <summary>Type by family.</summary>
    public Dictionary<string, string> Types { get; } = [];

    public static ExpositionDocument Parse(string text, bool isOpenMetrics)
    {
        var document = new ExpositionDocument(isOpenMetrics);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text[..^1].Split('\n');
        if (isOpenMetrics)
        {
            Assert.Equal("# EOF", lines[^1]);
            lines = lines[..^1];
        }

        foreach (var line in lines)
        {
            document.Read(line);
        }

        document.EndFamily();
        return document;
    }

    private void Read(string line)
    {
        if (Meta().Match(line) is { Success: true } meta)
        {
            ReadMeta(meta.Groups[1].Value, meta.Groups[2].Value, meta.Groups[3].Value, line);
            return;
        }

        var sample = Sample().Match(line);
        Assert.True(sample.Success, $"neither metadata nor a sample: {line}");
        Assert.True(_family is not null && _said.Contains("TYPE"), $"a sample without a family: {line}");
        var suffix = sample.Groups[1].Value.StartsWith(_family, StringComparison.Ordinal) ? sample.Groups[1].Value[_family.Length..] : line;
        string[] allowed = (_isOpenMetrics, _type) switch
        {
            (true, "counter") => ["_total", "_created"],
            (true, "info") => ["_info"],
            _ => [string.Empty],
        };
        Assert.Contains(suffix, allowed);
        Assert.True(_series.Add(sample.Groups[1].Value + sample.Groups[2].Value), $"a series twice: {line}");
        Values.Add(sample.Groups[1].Value + sample.Groups[2].Value, sample.Groups[3].Value);
        var value = sample.Groups[3].Value;
        if (value is not ("+Inf" or "-Inf" or "NaN"))
        {
            Assert.True(double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number), $"no number: {line}");
            Assert.False(_type is "counter" or "info" && number < 0, $"a negative counter: {line}");
        }
    }

    private void ReadMeta(string keyword, string family, string text, string line)
    {
        if (family != _family)
        {
            EndFamily();
            Assert.True(_families.Add(family), $"a family twice or in pieces: {line}");
            _family = family;
        }

        Assert.True(_said.Add(keyword), $"said twice: {line}");
        Assert.True(_series.Count == 0, $"metadata behind samples: {line}");
        switch (keyword)
        {
            case "TYPE":
                string[] types = _isOpenMetrics ? ["counter", "gauge", "info"] : ["counter", "gauge"];
                Assert.Contains(text, types);
                Assert.False(_isOpenMetrics && text == "counter" && family.EndsWith("_total", StringComparison.Ordinal), line);
                Types.Add(family, _type = text);
                break;
            case "UNIT":
                Assert.True(_isOpenMetrics && family.EndsWith("_" + text, StringComparison.Ordinal), line);
                break;
            default:
                Assert.Matches(_isOpenMetrics ? @"^([^\\""]|\\[\\n""])*$" : @"^([^\\]|\\[\\n])*$", text);
                break;
        }
    }

    private void EndFamily()
    {
        Assert.False(_family is not null && _series.Count == 0, $"a family without samples: {_family}");
        _family = null;
        _said.Clear();
        _series.Clear();
    }

    [GeneratedRegex(@"^# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$")]
    private static partial Regex Meta();

    [GeneratedRegex(@"^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*=""(?:[^\\""]|\\[\\n""])*"",?)+(?<!,)\})? (\S+)$")]
    private static partial Regex Sample();
}
