using SriovPulse.Metrics.Exposition;

namespace SriovPulse.Metrics.Tests.Exposition;

public sealed class ContentTypeTests
{
    [Theory]
    [InlineData("text/plain; version=0.0.4; charset=utf-8", ExpositionFormat.PrometheusText)]
    [InlineData("text/plain", ExpositionFormat.PrometheusText)]
    [InlineData("application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores", ExpositionFormat.OpenMetrics)]
    [InlineData("Application/OpenMetrics-Text", ExpositionFormat.OpenMetrics)]
    public void Known(string header, ExpositionFormat format) => Assert.Equal(format, ContentTypes.FormatOf(header, null, out _));

    [Theory]
    [InlineData(null, "the answer has no Content-Type; set fallback_scrape_protocol to read it all the same")]
    [InlineData("text/html", "the answer's Content-Type \"text/html\" is no exposition; set fallback_scrape_protocol to read it all the same")]
    [InlineData(";;", "the answer's Content-Type \";;\" cannot be read; set fallback_scrape_protocol to read it all the same")]
    [InlineData("application/vnd.google.protobuf", "the answer is in the protobuf format, which was not asked for and is not read")]
    public void Unknown(string? header, string problem)
    {
        Assert.Null(ContentTypes.FormatOf(header, null, out var reason));
        Assert.Equal(problem, reason);
    }

    [Fact]
    public void Fallback() => Assert.Equal(ExpositionFormat.PrometheusText, ContentTypes.FormatOf("text/html", ExpositionFormat.PrometheusText, out _));
}
