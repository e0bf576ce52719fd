using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Controller.PrometheusApi;

/// <summary>Writes whole answers of Prometheus' API, series by series: a large one is never in memory as text.</summary>
public static class ApiAnswer
{
    private const int FlushAbove = 32 * 1024;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The answer of <c>query</c> and <c>query_range</c>.</summary>
    public static Task WriteAsync(PipeWriter output, Answer<QueryValue> answer, CancellationToken cancellationToken) =>
        WriteAsync(output, answer.Value, answer.Warnings, answer.Infos, WriteValueAsync, cancellationToken);

    /// <summary>The answer of <c>series</c>.</summary>
    internal static Task WriteAsync(PipeWriter output, Answer<IReadOnlyList<Labels>> answer, CancellationToken cancellationToken) => WriteAsync(
        output, answer.Value, answer.Warnings, answer.Infos, static (json, output, series, ct) => WriteArrayAsync(json, output, series, PrometheusJson.WriteLabels, ct), cancellationToken);

    /// <summary>The answer of <c>labels</c> and <c>label/…/values</c>.</summary>
    internal static Task WriteAsync(PipeWriter output, Answer<IReadOnlyList<string>> answer, CancellationToken cancellationToken) => WriteAsync(
        output,
        answer.Value,
        answer.Warnings,
        answer.Infos,
        static (json, output, texts, ct) => WriteArrayAsync(json, output, texts, static (json, text) => json.WriteStringValue(text), ct),
        cancellationToken);

    /// <summary>The answer of <c>metadata</c>.</summary>
    internal static Task WriteAsync(
        PipeWriter output, Answer<IReadOnlyList<IGrouping<string, MetricMetadata>>> answer, CancellationToken cancellationToken) => WriteAsync(
        output,
        answer.Value,
        answer.Warnings,
        answer.Infos,
        static async (json, output, families, ct) =>
        {
            json.WriteStartObject();
            foreach (var family in families)
            {
                json.WritePropertyName(family.Key);
                await WriteArrayAsync(json, output, [.. family], WriteMetadata, ct).ConfigureAwait(false);
            }

            json.WriteEndObject();
        },
        cancellationToken);

    /// <summary>The answer of <c>status/buildinfo</c>.</summary>
    internal static Task WriteAsync(PipeWriter output, BuildInformation build, CancellationToken cancellationToken) => WriteAsync(
        output,
        build,
        [],
        [],
        static (json, _, build, _) =>
        {
            json.WriteStartObject();

            // Clients choose by this number what they may ask for; it is that of the Prometheus whose API this is.
            json.WriteString("version", PrometheusApiEndpoints.PrometheusVersion);
            json.WriteString("revision", build.Revision);
            json.WriteString("branch", string.Empty);
            json.WriteString("buildUser", string.Empty);
            json.WriteString("buildDate", string.Empty);
            json.WriteString("goVersion", string.Empty);
            json.WriteString("application", build.Application);
            json.WriteString("applicationVersion", build.Version);
            json.WriteEndObject();
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>An error.</summary>
    internal static async Task WriteErrorAsync(PipeWriter output, ApiErrorType type, string message, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(output, s_options);
        json.WriteStartObject();
        json.WriteString("status", "error");
        json.WriteString("errorType", type.Name());
        json.WriteString("error", message);
        json.WriteEndObject();
        await FlushAsync(json, output, cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteAsync<T>(
        PipeWriter output,
        T data,
        IReadOnlyList<string> warnings,
        IReadOnlyList<string> infos,
        Func<Utf8JsonWriter, PipeWriter, T, CancellationToken, Task> writeData,
        CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(output, s_options);
        json.WriteStartObject();
        json.WriteString("status", "success");
        json.WritePropertyName("data");
        await writeData(json, output, data, cancellationToken).ConfigureAwait(false);
        WriteRemarks(json, "warnings", warnings);
        WriteRemarks(json, "infos", infos);
        json.WriteEndObject();
        await FlushAsync(json, output, cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteValueAsync(Utf8JsonWriter json, PipeWriter output, QueryValue value, CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        json.WriteString("resultType", value switch { VectorValue => "vector", MatrixValue => "matrix", ScalarValue => "scalar", _ => "string" });
        json.WritePropertyName("result");
        switch (value)
        {
            case VectorValue vector:
                await WriteArrayAsync(json, output, vector.Samples, (json, sample) => WriteSeries(json, sample, vector.Timestamp), cancellationToken).ConfigureAwait(false);
                break;
            case MatrixValue matrix:
                await WriteArrayAsync(json, output, matrix.Series, WriteSeries, cancellationToken).ConfigureAwait(false);
                break;
            case ScalarValue scalar:
                PrometheusJson.WriteSample(json, scalar.Timestamp, scalar.Value);
                break;
            case StringValue text:
                json.WriteStartArray();
                PrometheusJson.WriteTime(json, text.Timestamp);
                json.WriteStringValue(text.Value);
                json.WriteEndArray();
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter json, VectorSample sample, long timestamp)
    {
        json.WriteStartObject();
        json.WritePropertyName("metric");
        PrometheusJson.WriteLabels(json, sample.Labels);
        json.WritePropertyName("value");
        PrometheusJson.WriteSample(json, timestamp, sample.Value);
        json.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter json, MatrixSeries series)
    {
        json.WriteStartObject();
        json.WritePropertyName("metric");
        PrometheusJson.WriteLabels(json, series.Labels);
        json.WriteStartArray("values");
        for (var i = 0; i < series.Samples.Count; i++)
        {
            PrometheusJson.WriteSample(json, series.Samples[i].Timestamp, series.Samples[i].Value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, MetricMetadata metadata)
    {
        json.WriteStartObject();
        json.WriteString("type", MetricKindNames.Of(metadata.Kind));
        json.WriteString("help", metadata.Help);
        json.WriteString("unit", metadata.Unit);
        json.WriteEndObject();
    }

    private static void WriteRemarks(Utf8JsonWriter json, string name, IReadOnlyList<string> remarks)
    {
        if (remarks.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var remark in remarks)
        {
            json.WriteStringValue(remark);
        }

        json.WriteEndArray();
    }

    private static async Task WriteArrayAsync<T>(
        Utf8JsonWriter json, PipeWriter output, IReadOnlyList<T> elements, Action<Utf8JsonWriter, T> write, CancellationToken cancellationToken)
    {
        json.WriteStartArray();
        for (var i = 0; i < elements.Count; i++)
        {
            write(json, elements[i]);
            if (json.BytesPending > FlushAbove)
            {
                await FlushAsync(json, output, cancellationToken).ConfigureAwait(false);
            }
        }

        json.WriteEndArray();
    }

    private static async Task FlushAsync(Utf8JsonWriter json, PipeWriter output, CancellationToken cancellationToken)
    {
        json.Flush();
        if ((await output.FlushAsync(cancellationToken).ConfigureAwait(false)).IsCompleted)
        {
            throw new OperationCanceledException("the reader of the answer went away");
        }
    }
}
