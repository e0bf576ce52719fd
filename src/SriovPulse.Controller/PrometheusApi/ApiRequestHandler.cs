using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SriovPulse.Metrics.Querying.Remote;
using SriovPulse.PromQL.Evaluation;

namespace SriovPulse.Controller.PrometheusApi;

/// <summary>Carries one kind of request to its answer, and failures to Prometheus' error types.</summary>
internal sealed class ApiRequestHandler(
    string path, ApiQuestion question, TimeProvider time, PrometheusApiOptions options, Action<string, string, TimeSpan>? observe)
{
    public async Task HandleAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        var error = await TryAnswerAsync(context).ConfigureAwait(false);
        observe?.Invoke(path, error?.Type.Name() ?? string.Empty, time.GetElapsedTime(began));
        if (error is null || error.Type == ApiErrorType.Canceled)
        {
            return;
        }

        if (context.Response.HasStarted)
        {
            // Half an answer must not be taken for a whole one.
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = error.InnerException is BadHttpRequestException bad ? bad.StatusCode : error.Type.Status();
        context.Response.ContentType = "application/json";
        await ApiAnswer.WriteErrorAsync(context.Response.BodyWriter, error.Type, error.Message, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<ApiException?> TryAnswerAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = options.BodyLimit;
        }

        var gone = context.RequestAborted;
        try
        {
            context.Response.ContentType = "application/json";
            await question(context, await ApiParameters.ReadAsync(context.Request, gone).ConfigureAwait(false), gone).ConfigureAwait(false);
            return null;
        }
        catch (ApiException e)
        {
            return e;
        }
        catch (OperationCanceledException)
        {
            context.Response.StatusCode = context.Response.HasStarted ? context.Response.StatusCode : StatusCodes.Status499ClientClosedRequest;
            return new ApiException(ApiErrorType.Canceled, "the client went away");
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException or IOException)
        {
            return new ApiException(ApiErrorType.BadData, $"the request cannot be read: {e.Message}", e);
        }
        catch (QueryException e)
        {
            return new ApiException(
                e switch
                {
                    QueryTimeoutException => ApiErrorType.Timeout,
                    QueryCanceledException => ApiErrorType.Canceled,
                    _ => ApiErrorType.Execution,
                },
                e.Message,
                e);
        }
        catch (RemoteQueryException e)
        {
            return new ApiException(TypeOf(e), e.Message, e);
        }
#pragma warning disable CA1031 // Whatever it is, the caller gets Prometheus' JSON, and the log what happened.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ApiLog.Unforeseen(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger<ApiRequestHandler>(), e, path);
            return new ApiException(ApiErrorType.Internal, "the query failed in a way that nobody foresaw; the server's log tells more", e);
        }
    }

    private static ApiErrorType TypeOf(RemoteQueryException failure) => failure switch
    {
        RemoteRefusedException { ErrorType: "execution" } => ApiErrorType.Execution,
        RemoteRefusedException => ApiErrorType.BadData,
        RemoteFailedException { ErrorType: "timeout" } => ApiErrorType.Timeout,
        RemoteUnreachableException => ApiErrorType.Unavailable,
        _ => ApiErrorType.Internal,
    };
}
