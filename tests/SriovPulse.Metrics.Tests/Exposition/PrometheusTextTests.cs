using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Tests.Exposition;

public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData("a 1", "a 1")]
    [InlineData("a 1\n", "a 1")]
    [InlineData("a:b_9 +1.5e3\n", "a:b_9 1500")]
    [InlineData("\n  \t\n  a\t 1 \n\n", "a 1")]
    [InlineData("a{} 1\n", "a 1")]
    [InlineData("a { b = \"c\" , d=\"e\" , } 1 1700000000000 \n", "a{b=\"c\", d=\"e\"} 1 @1700000000000")]
    [InlineData("a{b=\"c\"d=\"e\"}1\n", "a{b=\"c\", d=\"e\"} 1")]
    [InlineData("a{b=\"\"} 1\n", "a 1")]
    [InlineData("a{b=\"}\\\"\\\\\\n\\z{\"} 1\n", "a{b=\"}\\\"\\\\\\n\\\\z{\"} 1")]
    [InlineData("a{b=\"two\nlines\"} 1\n", "a{b=\"two\\nlines\"} 1")]
    [InlineData("{\"a.b\",c=\"d\"} 1\n", "a.b{c=\"d\"} 1")]
    [InlineData("{\"c d\"=\"e\",\"a.b\"} 1\n", "a.b{c d=\"e\"} 1")]
    [InlineData("#comment\n# comment\n# HELP\n#HELP x\n# TYPEx y\n# EOF\na 1\n", "a 1")]
    [InlineData("a NaN\na -inf\na +Infinity\n", "a NaN|a -Infinity|a Infinity")]
    [InlineData("a 1\n# TYPE a gauge\n# TYPE a counter\n# HELP a x\n# HELP a y\na 2\n", "a 1|a 2")]
    [InlineData("", "")]
    public void Takes_what_Prometheus_takes(string exposition, string samples) =>
        Assert.Equal(samples, string.Join('|', Reading.Samples(exposition, ExpositionFormat.PrometheusText)));

    [Theory]
    [InlineData("a 1\n0b 2\n", "2:1 expected a metric's name (letters, digits, _ and :, no digit first) or #, found \"0b\"")]
    [InlineData("a\n", "1:2 expected the sample's value, found the end of the line")]
    [InlineData("a{b=\"c\"}", "1:9 expected the sample's value, found the end")]
    [InlineData("a one\n", "1:3 expected a value (a decimal number, Inf or NaN), found \"one\"")]
    [InlineData("a 0x1p3\n", "1:3 expected a value (a decimal number, Inf or NaN), found \"0x1p3\"")]
    [InlineData("a 1_0\n", "1:3 expected a value (a decimal number, Inf or NaN), found \"1_0\"")]
    [InlineData("a 1e999\n", "1:3 expected a value (a decimal number, Inf or NaN), found \"1e999\"")]
    [InlineData("a 1\r\n", "1:4 expected the end of the line, found a carriage return (lines end with a line feed alone)")]
    [InlineData("a 1 1.5\n", "1:6 expected the end of the line after the timestamp, found \".5\"")]
    [InlineData("a 1 -1\n", "1:5 expected a timestamp (milliseconds since 1970, digits only) or the end of the line, found \"-1\"")]
    [InlineData("a 1 2 3\n", "1:7 expected the end of the line after the timestamp, found \"3\"")]
    [InlineData("é{} 1\n", "1:1 expected a metric's name (letters, digits, _ and :, no digit first) or #, found \"é{}\"")]
    [InlineData("a{b=\"é\"x} 1\n", "1:9 expected \"=\" after a label's name, found \"}\"")]
    [InlineData("a{b=\"c\",,} 1\n", "1:9 expected a label's name (letters, digits and _, no digit first) or \"}\", found \",}\"")]
    [InlineData("a{b=c} 1\n", "1:5 expected a label's value in double quotes, found \"c}\"")]
    [InlineData("a{b=\"c} 1\n", "1:5 expected a double quote that ends the text which begins here")]
    [InlineData("a{b=\"1\",b=\"2\"} 1\n", "1:1 the label b is there twice")]
    [InlineData("{b=\"1\"} 1\n", "1:1 expected the metric's name")]
    [InlineData("a{\"b\"} 1\n", "1:3 the metric's name is there twice")]
    [InlineData("# TYPE a gauge \n", "1:10 expected counter, gauge, histogram, summary or untyped, and nothing behind it")]
    [InlineData("# TYPE a\n", "1:9 expected counter, gauge, histogram, summary or untyped, and nothing behind it")]
    [InlineData("# HELP \n", "1:8 expected a metric's name, found the end of the line")]
    public void Refuses_what_Prometheus_refuses(string exposition, string problem) =>
        Assert.Equal(problem, Reading.Problem(exposition, ExpositionFormat.PrometheusText));

    [Fact]
    public void Invalid_utf8_in_a_label_is_refused()
    {
        var error = Assert.Throws<ExpositionException>(() => Reading.Samples([.. "a{b=\""u8, 0xff, .. "\"} 1\n"u8], ExpositionFormat.PrometheusText));

        Assert.Equal("line 1, column 5: expected UTF-8 within the double quotes", error.Message);
    }

    [Fact]
    public void Metadata_is_told()
    {
        var reader = new ExpositionReader("# HELP a_b first\\nsecond \\\"x\\\\\n# TYPE a_b histogram\n"u8, ExpositionFormat.PrometheusText);
        Span<byte> buffer = stackalloc byte[64];

        Assert.True(reader.Read());
        Assert.Equal(EntryKind.Help, reader.Kind);
        Assert.True(reader.Family.SequenceEqual("a_b"u8));
        Assert.True(reader.ReadHelp(buffer).SequenceEqual("first\nsecond \\\"x\\"u8));
        Assert.True(reader.Read());
        Assert.Equal(EntryKind.Type, reader.Kind);
        Assert.Equal(MetricKind.Histogram, reader.FamilyKind);
        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData("histogram", "a_bucket{le=\"5\"} 1", "a_bucket{le=\"5.0\"} 1")]
    [InlineData("histogram", "a_bucket{le=\"1000000\"} 1", "a_bucket{le=\"1e+06\"} 1")]
    [InlineData("summary", "a{quantile=\"1\"} 1", "a{quantile=\"1.0\"} 1")]
    [InlineData("summary", "a{le=\"1\"} 1", "a{le=\"1\"} 1")]
    [InlineData("gauge", "a{le=\"1\"} 1", "a{le=\"1\"} 1")]
    [InlineData("histogram", "a_bucket{le=\"few\"} 1", "a_bucket{le=\"few\"} 1")]
    public void Bounds_are_written_as_Prometheus_3_writes_them(string type, string line, string sample) =>
        Assert.Equal([sample], Reading.Samples($"# TYPE a {type}\n{line}\n", ExpositionFormat.PrometheusText));

    [Fact]
    public void The_series_text_is_what_stands_there()
    {
        var reader = new ExpositionReader("  a {b=\"c\" }  1\n"u8, ExpositionFormat.PrometheusText);

        Assert.True(reader.Read());
        Assert.True(reader.Series.SequenceEqual("a {b=\"c\" }"u8));
    }
}
