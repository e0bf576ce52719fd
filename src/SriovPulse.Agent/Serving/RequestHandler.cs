using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Serving.WebConfig;

namespace SriovPulse.Agent.Serving;

/// <summary>Takes every request: limits and rights first, then the path decides.</summary>
internal sealed class RequestHandler(
    ScrapeEndpoint scrapes, FirstSnapshot first, WebConfigurationFile web, ProgramMetrics program, BuildInfo build, WebOptions options, TimeProvider time) : IDisposable
{
    private readonly BasicAuthentication _authentication = new();
    private readonly string _landingPage = LandingPage.Html(build, options.TelemetryPath);
    private TokenBucket? _bucket;

    public async Task HandleAsync(HttpContext context)
    {
        var handler = "refused";
        try
        {
            if (await AdmitAsync(context).ConfigureAwait(false))
            {
                handler = await RouteAsync(context).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer to.
        }
        finally
        {
            program.Requests.WithLabels(handler, context.Response.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture)).Inc();
        }
    }

    public void Dispose() => _authentication.Dispose();

    private async Task<bool> AdmitAsync(HttpContext context)
    {
        if (ConnectionLimit.Exceeds(context.Features.Get<IConnectionItemsFeature>()))
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            await context.AnswerAsync(StatusCodes.Status503ServiceUnavailable, "too many connections (--web.max-connections)").ConfigureAwait(false);
            return false;
        }

        var configuration = web.Current().Configuration;
        foreach (var (name, value) in configuration.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (configuration.RateLimit is { } limit && !Bucket(limit).TryTake())
        {
            await context.AnswerAsync(StatusCodes.Status429TooManyRequests, "too many requests (rate_limit of the web configuration)").ConfigureAwait(false);
            return false;
        }

        if (configuration.Users.Count > 0
            && !await _authentication.IsAllowedAsync(context.Request.Headers.Authorization, configuration.Users, context.RequestAborted).ConfigureAwait(false))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"sriovpulse-agent\", charset=\"UTF-8\"";
            await context.AnswerAsync(StatusCodes.Status401Unauthorized, "user and password are needed").ConfigureAwait(false);
            return false;
        }

        return true;
    }

    private async Task<string> RouteAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            await context.AnswerAsync(StatusCodes.Status413PayloadTooLarge, "requests have no body here").ConfigureAwait(false);
            return "refused";
        }

        var path = context.Request.Path.Value;
        var (handler, answer) = path switch
        {
            _ when path == options.TelemetryPath => ("metrics", scrapes.HandleAsync),
            "/" => ("landing", c => c.AnswerAsync(StatusCodes.Status200OK, "text/html; charset=utf-8", _landingPage)),
            "/-/healthy" => ("healthy", c => c.AnswerAsync(StatusCodes.Status200OK, "the agent runs")),
            "/-/ready" => ("ready", Ready),
            _ => ("unknown", (Func<HttpContext, Task>)NotFound),
        };
        if (handler != "unknown" && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            answer = c => c.AnswerAsync(StatusCodes.Status405MethodNotAllowed, "only GET and HEAD are served");
        }

        await answer(context).ConfigureAwait(false);
        return handler;
    }

    private Task Ready(HttpContext context) => first.IsTaken
        ? context.AnswerAsync(StatusCodes.Status200OK, "the host has been read")
        : context.AnswerAsync(StatusCodes.Status503ServiceUnavailable, "the host has not been read yet");

    private Task NotFound(HttpContext context) =>
        context.AnswerAsync(StatusCodes.Status404NotFound, $"nothing is here; metrics are at {options.TelemetryPath}");

    private TokenBucket Bucket(RateLimit limit)
    {
        // A race between two first requests makes two full buckets, of which one is kept: no more than one burst is gained.
        var bucket = _bucket;
        return bucket?.Limit == limit ? bucket : _bucket = new TokenBucket(limit, time);
    }
}
