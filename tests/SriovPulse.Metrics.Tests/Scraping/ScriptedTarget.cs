using System.Net;
using System.Text;

namespace SriovPulse.Metrics.Tests.Scraping;

/// <summary>Answers scrapes as a test says.</summary>
internal sealed class ScriptedTarget : HttpMessageHandler
{
    public const string Text = "text/plain; version=0.0.4";

    public const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>The answer's text.</summary>
    public string Body { get; set; } = string.Empty;

    /// <summary>Its Content-Type; null for none.</summary>
    public string? ContentType { get; set; } = Text;

    /// <summary>Its status.</summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    /// <summary>Thrown instead of an answer.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether an answer never comes.</summary>
    public bool Hangs { get; set; }

    /// <summary>All requests.</summary>
    public List<HttpRequestMessage> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (Failure is not null)
        {
            throw Failure;
        }

        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        if (ContentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        return new HttpResponseMessage(Status) { Content = content };
    }
}
