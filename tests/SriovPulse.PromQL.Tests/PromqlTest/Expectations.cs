using System.Text.RegularExpressions;

namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>What an eval must yield.</summary>
public sealed class Expectations
{
    public bool Fails { get; set; }

    public bool IsOrdered { get; set; }

    public string? Text { get; set; }

    public double? Scalar { get; set; }

    /// <summary>Start and step of the samples of a range vector.</summary>
    public (long Start, long Step)? RangeVector { get; set; }

    public List<SeriesText> Series { get; } = [];

    public List<Func<string, bool>> Failures { get; } = [];

    public List<(string Shown, Func<string, bool> Matches)> Warnings { get; } = [];

    public List<(string Shown, Func<string, bool> Matches)> Infos { get; } = [];

    public bool NoWarning { get; set; }

    public bool NoInfo { get; set; }

    /// <summary>Reads a line that starts with "expect".</summary>
    public void Add(string line)
    {
        var words = line.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries);
        var rest = words.Length > 2 ? words[2].Trim() : string.Empty;
        switch (words[1])
        {
            case "fail":
                Fails = true;
                Failures.Add(Matcher(rest).Matches);
                break;
            case "warn":
                Warnings.Add(Matcher(rest));
                break;
            case "info":
                Infos.Add(Matcher(rest));
                break;
            case "no_warn":
                NoWarning = true;
                break;
            case "no_info":
                NoInfo = true;
                break;
            case "ordered":
                IsOrdered = true;
                break;
            case "string":
                Text = Unquote(rest);
                break;
            case "range":
                var match = Regex.Match(rest, @"^vector from (\S+) to (\S+) step (\S+)$");
                Assert.True(match.Success, line);
                RangeVector = (TestScript.Time(match.Groups[1].Value), TestScript.Time(match.Groups[3].Value));
                break;
            default:
                Assert.Fail($"unknown expectation: {line}");
                break;
        }
    }

    private static (string Shown, Func<string, bool> Matches) Matcher(string rest)
    {
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return ("any", static _ => true);
        }

        var (kind, text) = (rest[..colon], Unquote(rest[(colon + 1)..].Trim()));
        return kind switch
        {
            "msg" => (text, message => message == text),
            "regex" => (text, message => Regex.IsMatch(message, text)),
            _ => throw new InvalidOperationException($"unknown kind of message: {rest}"),
        };
    }

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] is '"' or '`' && text[^1] == text[0] ? text[1..^1] : text;
}
