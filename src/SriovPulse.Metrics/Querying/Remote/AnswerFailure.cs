using System.Globalization;
using System.Net;
using SriovPulse.Metrics.Querying.Remote.Answers;

namespace SriovPulse.Metrics.Querying.Remote;

/// <summary>Tells what an answer that is none means: whose fault it is, and whether to ask again.</summary>
internal static class AnswerFailure
{
    /// <param name="root">The server's address.</param>
    /// <param name="response">The answer's head.</param>
    /// <param name="answer">Its body, as far as it could be read.</param>
    /// <param name="quoted">The beginning of a body that is no whole JSON object; else null.</param>
    /// <param name="time">The clock, for a Retry-After with a date.</param>
    public static Attempt Of(string root, HttpResponseMessage response, AnswerEnvelope answer, string? quoted, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        var words = answer.Error.Length > 0 ? $": {answer.Error}" : string.IsNullOrWhiteSpace(quoted) ? string.Empty : $": {OneLine(quoted)}";
        var said = string.Create(CultureInfo.InvariantCulture, $"{root} answers {status}{(answer.ErrorType.Length > 0 ? $" {answer.ErrorType}" : string.Empty)}{words}");
        switch (response.StatusCode)
        {
            case >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices when answer.Status == "error":
                return new(ByType(said, status, answer.ErrorType));
            case >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices when quoted is { Length: 0 }:
                return new(new RemoteUnreachableException($"{root} ended its answer before it was whole"), MayHelpAgain: true);
            case >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices:
                return new(new RemoteFailedException(
                    $"{root} gave no answer of Prometheus' API{words}: is this the address of the API, without /api/v1?", status));
            case >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest:
                return new(new RemoteRefusedException($"{said}: it sends to {response.Headers.Location}; give the address of the API itself", status, string.Empty));
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return new(new RemoteRefusedException($"{said}: the credentials are missing, wrong or without the right to query", status, answer.ErrorType));
            case HttpStatusCode.NotFound when answer.ErrorType.Length == 0:
                return new(new RemoteRefusedException($"{said}: is this the address of the API, without /api/v1?", status, string.Empty));
            case HttpStatusCode.TooManyRequests:
                return new(new RemoteFailedException(said, status, answer.ErrorType), MayHelpAgain: true, RetryAfter(response, time));
            case HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout:
                // A query that was too slow would only burden the server once more.
                return new(
                    new RemoteFailedException(said, status, answer.ErrorType), MayHelpAgain: answer.ErrorType is not ("timeout" or "canceled"), RetryAfter(response, time));
            case >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError:
                return new(new RemoteRefusedException(said, status, answer.ErrorType));
            default:
                return new(new RemoteFailedException(said, status, answer.ErrorType));
        }
    }

    private static RemoteQueryException ByType(string said, int status, string errorType) => errorType is "bad_data" or "execution" or "not_found"
        ? new RemoteRefusedException(said, status, errorType)
        : new RemoteFailedException(said, status, errorType);

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) =>
        response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null;

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
