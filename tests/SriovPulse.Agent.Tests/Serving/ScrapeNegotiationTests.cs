using Microsoft.Extensions.Primitives;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Serving;

namespace SriovPulse.Agent.Tests.Serving;

public sealed class ScrapeNegotiationTests
{
    // The second is Prometheus 2's, the third Prometheus 3's.
    [Theory]
    [InlineData("application/openmetrics-text; version=1.0.0", true)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", true)]
    [InlineData("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;version=1.0.0;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", true)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("Application/OpenMetrics-Text; Version=\"1.0.0\"", true)]
    [InlineData("text/plain;q=0.1, application/openmetrics-text;q=0.2", true)]
    [InlineData("application/openmetrics-text;version=0.0.1", false)]
    [InlineData("application/openmetrics-text;version=2.0.0", false)]
    [InlineData("application/openmetrics-text;q=0.2, text/plain;version=0.0.4;q=0.3", false)]
    [InlineData("application/openmetrics-text;q=0", false)]
    [InlineData("text/plain, application/openmetrics-text", false)]
    [InlineData("text/plain;version=0.0.4", false)]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", false)]
    [InlineData("*/*", false)]
    [InlineData("application/json", false)]
    [InlineData(";;;,q=x", false)]
    [InlineData("", false)]
    public void Format_is_the_preferred_one_and_text_for_everybody_else(string accept, bool isOpenMetrics) => Assert.Equal(
        isOpenMetrics ? ExpositionFormat.OpenMetrics : ExpositionFormat.PrometheusText, ScrapeNegotiation.Format(new StringValues(accept)));

    [Fact]
    public void Header_may_come_in_several_lines() =>
        Assert.Equal(ExpositionFormat.OpenMetrics, ScrapeNegotiation.Format(new StringValues(["text/plain;q=0.1", "application/openmetrics-text"])));

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, gzip;q=0.5, br", true)]
    [InlineData("x-gzip", true)]
    [InlineData("GZIP", true)]
    [InlineData("*", true)]
    [InlineData("gzip;q=1.0, identity;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("*;q=1, gzip;q=0", false)]
    [InlineData("gzip;q=0.5, identity;q=0.9", false)]
    [InlineData("identity", false)]
    [InlineData("br, deflate", false)]
    [InlineData("", false)]
    public void Encoding_is_gzip_where_it_is_welcome(string acceptEncoding, bool isGzip) => Assert.Equal(
        isGzip ? BodyEncoding.Gzip : BodyEncoding.Identity, ScrapeNegotiation.Encoding(new StringValues(acceptEncoding)));
}
