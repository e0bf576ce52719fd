using Microsoft.AspNetCore.Http;

namespace SriovPulse.Controller.PrometheusApi;

/// <summary>How error types are written (Prometheus, web/api/v1/api.go).</summary>
internal static class ApiErrorTypes
{
    public static string Name(this ApiErrorType type) => type switch
    {
        ApiErrorType.BadData => "bad_data",
        ApiErrorType.Execution => "execution",
        ApiErrorType.Timeout => "timeout",
        ApiErrorType.Canceled => "canceled",
        ApiErrorType.NotFound => "not_found",
        ApiErrorType.Unavailable => "unavailable",
        _ => "internal",
    };

    public static int Status(this ApiErrorType type) => type switch
    {
        ApiErrorType.BadData => StatusCodes.Status400BadRequest,
        ApiErrorType.Execution => StatusCodes.Status422UnprocessableEntity,
        ApiErrorType.Timeout or ApiErrorType.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ApiErrorType.Canceled => StatusCodes.Status499ClientClosedRequest,
        ApiErrorType.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status500InternalServerError,
    };
}
