using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SriovPulse.Metrics.Querying;

namespace SriovPulse.Controller.PrometheusApi;

/// <summary>Prometheus' read API over a source of answers.</summary>
public static class PrometheusApiEndpoints
{
    /// <summary>The Prometheus whose API and language this is.</summary>
    public const string PrometheusVersion = "3.5.0";

    private static readonly string[] s_read = [HttpMethods.Get];
    private static readonly string[] s_readOrForm = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Adds <c>/api/v1/…</c>.</summary>
    /// <param name="endpoints">Where.</param>
    /// <param name="source">What answers.</param>
    /// <param name="time">Clock, for queries that name no time.</param>
    /// <param name="options">What is allowed.</param>
    /// <param name="observe">Told of each request: path, error type (empty when it succeeded), duration.</param>
    public static void MapPrometheusApi(
        this IEndpointRouteBuilder endpoints, IQuerySource source, TimeProvider time, PrometheusApiOptions options, Action<string, string, TimeSpan>? observe = null)
    {
        var questions = new ApiQuestions(source, time, options);
        Map("query", s_readOrForm, questions.QueryAsync);
        Map("query_range", s_readOrForm, questions.QueryRangeAsync);
        Map("series", s_readOrForm, questions.SeriesAsync);
        Map("labels", s_readOrForm, questions.LabelNamesAsync);
        Map("label/{name}/values", s_read, questions.LabelValuesAsync);
        Map("metadata", s_read, questions.MetadataAsync);
        Map("status/buildinfo", s_read, questions.BuildInformationAsync);

        void Map(string path, string[] methods, ApiQuestion question) =>
            endpoints.MapMethods($"/api/v1/{path}", methods, new ApiRequestHandler(path, question, time, options, observe).HandleAsync);
    }
}
