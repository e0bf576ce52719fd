using System.Globalization;
using System.Text.RegularExpressions;
using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>Reads scripts of Prometheus' PromQL test language (UPSTREAM_README.md beside the scripts).</summary>
public static partial class TestScript
{
    public static IReadOnlyList<TestCommand> Read(string path)
    {
        var lines = File.ReadAllLines(path).Select(static line => line.Trim()).Select(static line => line.StartsWith('#') ? string.Empty : line).ToArray();
        var commands = new List<TestCommand>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            var start = i;
            while (i + 1 < lines.Length && lines[i + 1].Length > 0)
            {
                i++;
            }

            commands.AddRange(Block(lines[start..(i + 1)], start + 1));
        }

        return commands;
    }

    public static long Time(string text)
    {
        var sign = text.StartsWith('-') ? -1 : 1;
        var plain = text.TrimStart('+', '-');
        return sign * (double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? (long)(seconds * 1000)
            : DurationText.TryParse(plain, out var duration) ? (long)duration.TotalMilliseconds
            : throw new FormatException($"no time: {text}"));
    }

    /// <summary>Lines between blank ones: commands, each with the lines that follow it.</summary>
    private static IEnumerable<TestCommand> Block(string[] lines, int number)
    {
        var at = 0;
        while (at < lines.Length)
        {
            var line = lines[at];
            var from = ++at;
            var isLoad = line.StartsWith("load", StringComparison.Ordinal);
            while (at < lines.Length && line != "clear" && !Command().IsMatch(lines[at]))
            {
                at++;
            }

            yield return line == "clear" ? new ClearCommand(number + from - 1)
                : isLoad ? Load(line, lines[from..at], number + from - 1)
                : Eval(line, lines[from..at], number + from - 1);
        }
    }

    private static LoadCommand Load(string line, string[] series, int number)
    {
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return new LoadCommand(number, Time(words[1]), words[0] == "load_with_nhcb", [.. series.Select(SeriesText.Parse)]);
    }

    private static EvalCommand Eval(string line, string[] expected, int number)
    {
        var expect = new Expectations();
        foreach (var text in expected)
        {
            if (text.StartsWith("expect ", StringComparison.Ordinal))
            {
                expect.Add(text);
            }
            else if (SeriesText.TryParseScalar(text, out var scalar))
            {
                expect.Scalar = scalar;
            }
            else
            {
                expect.Series.Add(SeriesText.Parse(text));
            }
        }

        var instant = Instant().Match(line);
        if (instant.Success)
        {
            Flag(expect, instant.Groups[1].Value);
            var at = Time(instant.Groups[2].Value);
            return new EvalCommand(number, instant.Groups[3].Value, at, at, null, expect);
        }

        var range = Range().Match(line);
        Assert.True(range.Success, $"line {number}: cannot read {line}");
        Flag(expect, range.Groups[1].Value);
        return new EvalCommand(
            number, range.Groups[5].Value, Time(range.Groups[2].Value), Time(range.Groups[3].Value), Time(range.Groups[4].Value), expect);
    }

    private static void Flag(Expectations expect, string flag)
    {
        expect.Fails |= flag == "fail";
        expect.IsOrdered |= flag == "ordered";
        if (flag is "warn" or "info")
        {
            expect.Add($"expect {flag}");
        }
    }

    [GeneratedRegex(@"^(clear$|load(_with_nhcb)?\s|eval(_\w+)?\s)")]
    private static partial Regex Command();

    [GeneratedRegex(@"^eval(?:_(\w+))?\s+instant\s+at\s+(\S+)\s+(.+)$")]
    private static partial Regex Instant();

    [GeneratedRegex(@"^eval(?:_(\w+))?\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(.+)$")]
    private static partial Regex Range();
}
