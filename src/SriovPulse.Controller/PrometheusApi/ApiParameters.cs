using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SriovPulse.Metrics.Querying;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Controller.PrometheusApi;

/// <summary>A request's parameters: those of its form, then those of its address.</summary>
internal sealed class ApiParameters(IFormCollection? form, IQueryCollection address)
{
    /// <summary>Reads them.</summary>
    /// <exception cref="BadHttpRequestException">The body is too large or no form.</exception>
    public static async Task<ApiParameters> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var isForm = HttpMethods.IsPost(request.Method)
            && request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        return new ApiParameters(isForm ? await request.ReadFormAsync(cancellationToken).ConfigureAwait(false) : null, request.Query);
    }

    /// <summary>The first value; empty when there is none.</summary>
    public string Text(string name) => All(name) is [{ } first, ..] ? first : string.Empty;

    public IReadOnlyList<string?> All(string name) => [.. form?[name] ?? StringValues.Empty, .. address[name]];

    public long Time(string name, long otherwise)
    {
        var text = Text(name);
        return text.Length == 0 ? otherwise
            : ApiTime.TryParseTime(text, out var time) ? time
            : throw ApiException.Parameter(name, $"cannot parse \"{text}\" to a valid timestamp");
    }

    public long RequiredTime(string name) => Text(name).Length > 0 ? Time(name, 0) : throw ApiException.Parameter(name, "cannot parse \"\" to a valid timestamp");

    /// <summary>Milliseconds; null when it is not there.</summary>
    public long? Duration(string name)
    {
        var text = Text(name);
        return text.Length == 0 ? null
            : ApiTime.TryParseDuration(text, out var duration) ? duration
            : throw ApiException.Parameter(name, $"cannot parse \"{text}\" to a valid duration");
    }

    /// <summary>A count; 0, for no limit, when it is not there.</summary>
    public int Count(string name)
    {
        var text = Text(name);
        if (text.Length == 0)
        {
            return 0;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
            ? count >= 0 ? count : throw ApiException.Parameter(name, "limit must be non-negative")
            : throw ApiException.Parameter(name, $"cannot parse \"{text}\" to a whole number");
    }

    public PromQLExpression Expression()
    {
        if (PromQLExpression.TryParse(Text("query"), out var expression, out var mistakes))
        {
            return expression;
        }

        throw ApiException.Parameter("query", string.Join("; ", mistakes.Select(static mistake => string.Create(
            CultureInfo.InvariantCulture, $"{mistake.Line}:{mistake.Column}: parse error: {mistake.Message}"))));
    }

    public QueryOptions QueryOptions() => new(
        Duration("timeout") is { } timeout ? TimeSpan.FromMilliseconds(timeout) : null,
        Duration("lookback_delta") is { } lookback && lookback > 0 ? TimeSpan.FromMilliseconds(lookback) : null);

    public SeriesSelection Selection()
    {
        var start = Text("start").Length > 0 ? Time("start", 0) : (long?)null;
        var end = Text("end").Length > 0 ? Time("end", 0) : (long?)null;
        if (end < start)
        {
            throw ApiException.Parameter("end", "end timestamp must not be before start timestamp");
        }

        return new SeriesSelection { Selectors = [.. All("match[]").Select(Selector)], Start = start, End = end, Limit = Count("limit") };
    }

    private static IReadOnlyList<LabelMatcher> Selector(string? text)
    {
        try
        {
            return SelectorText.Parse(text ?? string.Empty);
        }
        catch (Exception e) when (e is PromQLSyntaxException or FormatException)
        {
            throw ApiException.Parameter("match[]", e.Message);
        }
    }
}
