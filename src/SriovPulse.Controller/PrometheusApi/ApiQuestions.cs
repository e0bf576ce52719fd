using Microsoft.AspNetCore.Http;
using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL.Ast;

namespace SriovPulse.Controller.PrometheusApi;

/// <summary>What the API can be asked: parameters in, answer out.</summary>
internal sealed class ApiQuestions(IQuerySource source, TimeProvider time, PrometheusApiOptions options)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task QueryAsync(HttpContext context, ApiParameters parameters, CancellationToken cancellationToken)
    {
        var limit = parameters.Count("limit");
        var at = parameters.Time("time", Now);
        var queryOptions = parameters.QueryOptions();
        var answer = await source.InstantAsync(parameters.Expression(), at, queryOptions, cancellationToken).ConfigureAwait(false);
        await ApiAnswer.WriteAsync(context.Response.BodyWriter, ResultLimit.Apply(answer, limit), cancellationToken).ConfigureAwait(false);
    }

    public async Task QueryRangeAsync(HttpContext context, ApiParameters parameters, CancellationToken cancellationToken)
    {
        var limit = parameters.Count("limit");
        var range = Range(parameters);
        var queryOptions = parameters.QueryOptions();
        var expression = parameters.Expression();
        if (expression.Type is not (ExprType.Scalar or ExprType.InstantVector))
        {
            throw ApiException.Parameter(
                "query", $"invalid expression type \"{(expression.Type == ExprType.String ? "string" : "range vector")}\" for range query, must be Scalar or instant Vector");
        }

        var answer = await source.RangeAsync(expression, range, queryOptions, cancellationToken).ConfigureAwait(false);
        await ApiAnswer.WriteAsync(context.Response.BodyWriter, ResultLimit.Apply(answer, limit), cancellationToken).ConfigureAwait(false);
    }

    public async Task SeriesAsync(HttpContext context, ApiParameters parameters, CancellationToken cancellationToken)
    {
        var selection = parameters.Selection();
        if (selection.Selectors.Count == 0)
        {
            throw new ApiException(ApiErrorType.BadData, "no match[] parameter provided");
        }

        var answer = await source.SeriesAsync(selection, cancellationToken).ConfigureAwait(false);
        await ApiAnswer.WriteAsync(context.Response.BodyWriter, answer, cancellationToken).ConfigureAwait(false);
    }

    public async Task LabelNamesAsync(HttpContext context, ApiParameters parameters, CancellationToken cancellationToken)
    {
        var answer = await source.LabelNamesAsync(parameters.Selection(), cancellationToken).ConfigureAwait(false);
        await ApiAnswer.WriteAsync(context.Response.BodyWriter, answer, cancellationToken).ConfigureAwait(false);
    }

    public async Task LabelValuesAsync(HttpContext context, ApiParameters parameters, CancellationToken cancellationToken)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        if (!IsLabelName(name))
        {
            throw new ApiException(ApiErrorType.BadData, $"invalid label name: \"{name}\"");
        }

        var answer = await source.LabelValuesAsync(name, parameters.Selection(), cancellationToken).ConfigureAwait(false);
        await ApiAnswer.WriteAsync(context.Response.BodyWriter, answer, cancellationToken).ConfigureAwait(false);
    }

    public async Task MetadataAsync(HttpContext context, ApiParameters parameters, CancellationToken cancellationToken)
    {
        var (limit, perFamily) = (parameters.Count("limit"), parameters.Count("limit_per_metric"));
        var family = parameters.Text("metric");
        var answer = await source.MetadataAsync(family.Length > 0 ? family : null, cancellationToken).ConfigureAwait(false);
        var families = answer.Value
            .GroupBy(static known => known.Family, StringComparer.Ordinal)
            .OrderBy(static known => known.Key, StringComparer.Ordinal)
            .Take(limit > 0 ? limit : int.MaxValue)
            .Select(known => perFamily > 0 ? known.Take(perFamily).GroupBy(static one => one.Family, StringComparer.Ordinal).Single() : known)
            .ToList();
        await ApiAnswer
            .WriteAsync(context.Response.BodyWriter, new Answer<IReadOnlyList<IGrouping<string, MetricMetadata>>>(families, answer.Warnings, answer.Infos), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task BuildInformationAsync(HttpContext context, ApiParameters parameters, CancellationToken cancellationToken)
    {
        var build = await source.BuildInformationAsync(cancellationToken).ConfigureAwait(false);
        await ApiAnswer.WriteAsync(context.Response.BodyWriter, build, cancellationToken).ConfigureAwait(false);
    }

    private TimeRange Range(ApiParameters parameters)
    {
        var start = parameters.RequiredTime("start");
        var end = parameters.RequiredTime("end");
        if (end < start)
        {
            throw ApiException.Parameter("end", "end timestamp must not be before start time");
        }

        var step = parameters.Duration("step") ?? throw ApiException.Parameter("step", "cannot parse \"\" to a valid duration");
        if (step <= 0)
        {
            throw ApiException.Parameter("step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }

        if ((UInt128)((Int128)end - start) / (UInt128)step >= (UInt128)options.MostPoints)
        {
            throw new ApiException(
                ApiErrorType.BadData,
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"exceeded maximum resolution of {options.MostPoints:N0} points per timeseries. Try decreasing the query resolution (?step=XX)"));
        }

        return new TimeRange(start, end, step);
    }

    private static bool IsLabelName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
