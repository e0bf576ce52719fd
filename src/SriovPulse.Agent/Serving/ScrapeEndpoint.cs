using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Serving;

/// <summary>
/// Answers scrapes. A snapshot is held while it is rendered and never while bytes go to a socket; a scraper that has not read its answer when its own timeout has
/// passed is cut off, so that it cannot hold memory for long.
/// </summary>
internal sealed class ScrapeEndpoint(
    ISnapshotSource source, BodyCache bodies, FirstSnapshot first, ProgramMetrics program, WebOptions options, TimeProvider time, ILogger logger)
{
    // What Kestrel copies before it makes us wait for the reader.
    internal const int SliceLength = 32 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        var timeout = ScrapeTimeout.Parse(context.Request.Headers[ScrapeTimeout.Header], options.ScrapeTimeoutOffset);
        using var late = new CancellationTokenSource(timeout.Total, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        var format = ScrapeNegotiation.Format(context.Request.Headers.Accept);
        var encoding = ScrapeNegotiation.Encoding(context.Request.Headers.AcceptEncoding);
        ExpositionBody body;
        try
        {
            body = await RenderAsync(timeout.Patience, format, encoding, giveUp.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            program.AbortedScrapes.WithLabels(late.IsCancellationRequested ? "late" : "gone").Inc();
            await context.AnswerAsync(StatusCodes.Status503ServiceUnavailable, "the host could not be read within the scraper's timeout").ConfigureAwait(false);
            return;
        }
        catch (Exception e)
        {
            // Whatever it was, the next scrape may succeed, and this one is told.
            ServingLog.ScrapeFailed(logger, e);
            await context.AnswerAsync(StatusCodes.Status500InternalServerError, "the host could not be read; the agent's log says why").ConfigureAwait(false);
            return;
        }

        try
        {
            await SendAsync(context, body, format, encoding, late.Token, giveUp.Token).ConfigureAwait(false);
        }
        finally
        {
            body.Release();
        }
    }

    private async ValueTask<ExpositionBody> RenderAsync(TimeSpan patience, ExpositionFormat format, BodyEncoding encoding, CancellationToken giveUp)
    {
        var snapshot = await source.GetAsync(patience, giveUp).ConfigureAwait(false);
        try
        {
            first.MarkTaken();
            return await bodies.GetAsync(snapshot, format, encoding, giveUp).ConfigureAwait(false);
        }
        finally
        {
            snapshot.Release();
        }
    }

    private async Task SendAsync(
        HttpContext context, ExpositionBody body, ExpositionFormat format, BodyEncoding encoding, CancellationToken late, CancellationToken giveUp)
    {
        var response = context.Response;
        response.ContentType = format.ContentType();
        response.ContentLength = body.Length;
        response.Headers.Vary = "Accept, Accept-Encoding";
        if (encoding == BodyEncoding.Gzip)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(giveUp, body.Revoked);
        try
        {
            if (await WriteAsync(response, body, stop.Token).ConfigureAwait(false))
            {
                program.Scrapes.WithLabels(format.Label(), encoding.Label()).Inc();
                return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Told below.
        }

        program.AbortedScrapes.WithLabels(body.Revoked.IsCancellationRequested ? "slow" : late.IsCancellationRequested ? "late" : "gone").Inc();
        context.Abort();
    }

    /// <returns>Whether all of it went out.</returns>
    private static async Task<bool> WriteAsync(HttpResponse response, ExpositionBody body, CancellationToken stop)
    {
        foreach (var segment in body.Segments)
        {
            for (var at = 0; at < segment.Count; at += SliceLength)
            {
                var slice = segment.AsMemory(at, Math.Min(SliceLength, segment.Count - at));
                var flushed = await response.BodyWriter.WriteAsync(slice, stop).ConfigureAwait(false);
                if (flushed.IsCompleted || stop.IsCancellationRequested)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
