using System.Text;
using SriovPulse.Metrics.Exposition;

namespace SriovPulse.Metrics.Tests.Exposition;

public sealed class OpenMetricsTests
{
    [Theory]
    [InlineData("a 1\n", "a 1")]
    [InlineData("# TYPE a counter\na 1\n# TYPE a gauge\na -1\n", "a 1|a -1")]
    [InlineData("a{b=\"c\",} 1\n", "a{b=\"c\"} 1")]
    [InlineData("{\"a.b\",c=\"d\"} 1\n", "a.b{c=\"d\"} 1")]
    [InlineData("a 1 1.001\n", "a 1 @1000")]
    [InlineData("a 1 -2.5\n", "a 1 @-2500")]
    [InlineData("a 1 1.5 # {t=\"x\"} 3 4.5\n", "a 1 @1500 # {t=\"x\"} 3 @4500")]
    [InlineData("a 1 # {} 3\n", "a 1 # {} 3")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1\"} 1\n", "a_bucket{le=\"1.0\"} 1")]
    public void Takes_what_Prometheus_takes(string exposition, string samples) =>
        Assert.Equal(samples, string.Join('|', Reading.Samples(exposition + "# EOF\n", ExpositionFormat.OpenMetrics)));

    [Theory]
    [InlineData("a 1\n", "2:1 expected # EOF: the exposition was cut short")]
    [InlineData("a 1", "1:4 expected a line feed, then # EOF, found the end")]
    [InlineData("\n# EOF\n", "1:1 expected a metric's name (letters, digits, _ and :, no digit first) or #, found the end of the line")]
    [InlineData("# a comment\n# EOF\n", "1:1 expected # TYPE, # HELP, # UNIT or # EOF: OpenMetrics has no comments")]
    [InlineData("a{b=\"c\", d=\"e\"} 1\n# EOF\n", "1:9 expected a label's name (letters, digits and _, no digit first) or \"}\", found a space")]
    [InlineData("a{b=\"c\"d=\"e\"} 1\n# EOF\n", "1:8 expected \",\" or \"}\" after a label's value, found \"d=\"e\"}\"")]
    [InlineData("a{b=\"c\"}1\n# EOF\n", "1:9 expected a space and a value, found \"1\"")]
    [InlineData("a  1\n# EOF\n", "1:3 expected a value (a decimal number, Inf or NaN), found a space")]
    [InlineData("a 1 NaN\n# EOF\n", "1:5 expected a finite timestamp (seconds since 1970), found \"NaN\"")]
    [InlineData("a 1 2 3\n# EOF\n", "1:6 expected \" # {\" and an exemplar, or the end of the line, found a space")]
    [InlineData("a 1 # {a=\"b\"}\n# EOF\n", "1:14 expected a space and the exemplar's value, found the end of the line")]
    [InlineData("# UNIT a seconds\n# EOF\n", "1:10 expected the unit to be the end of the family's name, after a _")]
    [InlineData("# EOF\na 1\n", "2:1 expected nothing after # EOF, found \"a\"")]
    public void Refuses_what_Prometheus_refuses(string exposition, string problem) =>
        Assert.Equal(problem, Reading.Problem(exposition, ExpositionFormat.OpenMetrics));

    [Theory]
    [InlineData("# TYPE a counter\na_total -1\n", "2:1 the value of _total is not negative")]
    [InlineData("a 1\nb 1\na 2\n", "3:1 a was there before: the lines of a family stand together")]
    [InlineData("a 1\na 2\n", "2:1 this series was there before, and without timestamps a series has one sample")]
    [InlineData("{\"a\"} 1\n", "1:1 expected a metric's name (letters, digits, _ and :, no digit first) or #, found \"{\"a\"}\"")]
    public void Strict_mode_says_which_rule_was_broken(string exposition, string problem) =>
        Assert.Equal(problem, Reading.Problem(exposition + "# EOF\n", ExpositionFormat.StrictOpenMetrics));

    [Theory]
    [InlineData(ExpositionFormat.OpenMetrics)]
    [InlineData(ExpositionFormat.StrictOpenMetrics)]
    public void Parts_read_like_the_whole(ExpositionFormat format)
    {
        const string Whole = "# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 2\na_count 2\na_sum 3\n# TYPE b info\nb_info{x=\"y\"} 1\n# EOF\n";
        for (var cut = Whole.IndexOf('\n', StringComparison.Ordinal) + 1; cut > 0; cut = Whole.IndexOf('\n', cut) + 1)
        {
            var samples = new List<string>();
            var first = new ExpositionReader(Encoding.UTF8.GetBytes(Whole[..cut]), isFinal: false, new ExpositionReaderState(format));
            Reading.Samples(ref first, samples);
            Assert.Equal(1 + Whole[..cut].Count(static c => c == '\n'), first.State.Line);
            var second = new ExpositionReader(Encoding.UTF8.GetBytes(Whole[cut..]), isFinal: true, first.State);
            Reading.Samples(ref second, samples);

            Assert.Equal(Reading.Samples(Whole, format), samples);
        }
    }
}
