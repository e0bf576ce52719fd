namespace SriovPulse.Controller.PrometheusApi;

/// <summary>A request gets an error for an answer.</summary>
internal sealed class ApiException(ApiErrorType type, string message, Exception? inner = null) : Exception(message, inner)
{
    public ApiErrorType Type { get; } = type;

    /// <summary>A parameter's value is wrong.</summary>
    public static ApiException Parameter(string name, string problem) => new(ApiErrorType.BadData, $"invalid parameter \"{name}\": {problem}");
}
