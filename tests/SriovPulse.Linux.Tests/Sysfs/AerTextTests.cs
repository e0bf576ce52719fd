using System.Text;
using System.Text.RegularExpressions;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Linux.Tests.Sysfs;

public sealed partial class AerTextTests
{
    private const string Correctable =
        "RxErr 2\nBadTLP 0\nBadDLLP 1\nRollover 0\nTimeout 4\nNonFatalErr 0\nCorrIntErr 0\nHeaderOF 0\nTOTAL_ERR_COR 7\n";

    [Theory]
    [InlineData(Correctable, 7)]
    [InlineData("Receiver Error 3\nBad TLP 4\n", 7)]
    [InlineData("Receiver Error 3\nBad TLP 4\nTOTAL_ERR_COR 9\n", 9)]
    [InlineData("TOTAL_ERR_FATAL 0", 0)]
    [InlineData("Undefined 0\n\n", 0)]
    public void Total_is_the_kernels_own_else_the_sum(string text, ulong expected)
    {
        Assert.True(AerText.TryParseTotal(Encoding.UTF8.GetBytes(text), out var total));
        Assert.Equal(expected, total);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("RxErr\n")]
    [InlineData("RxErr many\nTOTAL_ERR_COR 1\n")]
    [InlineData("7\n")]
    [InlineData("RxErr -1\n")]
    [InlineData("RxErr 18446744073709551615\nBadTLP 1\n")]
    public void Text_of_another_form_is_not_read(string text) => Assert.False(AerText.TryParseTotal(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Mutated_text_gives_what_its_lines_say_or_nothing()
    {
        var outcomes = new HashSet<bool>();
        foreach (var (text, bytes) in Mutations.Of([Correctable, "Receiver Error 3\nBad TLP 4\n"], seed: 2, count: 50_000))
        {
            var read = AerText.TryParseTotal(bytes, out var total);
            outcomes.Add(read);
            Assert.Equal(Expected(text), read ? total : null);
        }

        Assert.Equal(2, outcomes.Count);
    }

    // The same rule, written for strings.
    private static ulong? Expected(string text)
    {
        ulong? sum = null;
        foreach (var line in text.Split('\n').Select(l => l.Trim(' ', '\t', '\r', '\0')).Where(l => l.Length > 0))
        {
            var match = Line().Match(line);
            if (!match.Success || !ulong.TryParse(match.Groups[2].ValueSpan, out var count))
            {
                return null;
            }

            if (line.StartsWith("TOTAL_ERR_", StringComparison.Ordinal))
            {
                return count;
            }

            try
            {
                sum = checked((sum ?? 0) + count);
            }
            catch (OverflowException)
            {
                return null;
            }
        }

        return sum;
    }

    [GeneratedRegex(@"\A(.+) [\t\r\0]*([0-9]+)\z", RegexOptions.Singleline)]
    private static partial Regex Line();
}
