using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SriovPulse.Controller.PrometheusApi;
using SriovPulse.Metrics.Importing;
using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Querying.Remote;
using SriovPulse.Metrics.Store;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;

namespace SriovPulse.Cli.Query;

/// <summary><c>sriovpulse query</c>: what it does.</summary>
internal sealed class QueryRun(QueryRequest request, Terminal terminal)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!PromQLExpression.TryParse(request.Expression, out var expression, out var mistakes))
        {
            foreach (var mistake in mistakes)
            {
                await terminal.Error.WriteAsync(MarkedText.Format(request.Expression, mistake.Range, mistake.Message)).ConfigureAwait(false);
            }

            return ExitCode.Failure;
        }

        if (request.Range is not null && expression.Type is not (ExprType.Scalar or ExprType.InstantVector))
        {
            await terminal.Error
                .WriteAsync(MarkedText.Format(request.Expression, expression.Root.Range, "a range query needs a scalar or an instant vector, not this"))
                .ConfigureAwait(false);
            return ExitCode.Failure;
        }

        try
        {
            return request.Server is { } server
                ? await AskServerAsync(server, expression, cancellationToken).ConfigureAwait(false)
                : await AskFileAsync(request.DataFile!, expression, cancellationToken).ConfigureAwait(false);
        }
        catch (QueryException e)
        {
            await terminal.Error.WriteAsync(MarkedText.Format(request.Expression, e.Range, e.Message)).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    private async Task<int> AskServerAsync(RemoteOptions options, PromQLExpression expression, CancellationToken cancellationToken)
    {
        using var server = new RemoteQueries(options, terminal.Time, Random.Shared);
        if (!request.Probe)
        {
            return await AnswerAsync(server, expression, request.Time ?? Now(), cancellationToken).ConfigureAwait(false);
        }

        var report = await server.ProbeAsync([expression], cancellationToken).ConfigureAwait(false);
        await WriteAsync(ProbeText.Format(report)).ConfigureAwait(false);
        return report.Differences.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private async Task<int> AskFileAsync(string file, PromQLExpression expression, CancellationToken cancellationToken)
    {
        // A file's data is needed as a whole, whatever its age; what does not fit is refused by the store and told.
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;
        using var store = new SeriesStore(
            new SeriesStoreOptions { Window = Timeout.InfiniteTimeSpan, MemoryLimit = memory }, terminal.Time, NullLogger<SeriesStore>.Instance);
        var outcome = await OpenMetricsImport.ImportAsync(file, store, cancellationToken).ConfigureAwait(false);
        if (outcome.OverLimit > 0 || store.Pressure != MemoryPressure.None)
        {
            throw new IOException($"{file}: its data does not fit into {memory} bytes of memory; query a part of it, or load it into a Prometheus and use --url");
        }

        if (outcome.OutOfOrder + outcome.Duplicates > 0)
        {
            await terminal.Error
                .WriteLineAsync($"sriovpulse: {file}: {outcome.OutOfOrder} samples out of order and {outcome.Duplicates} with a second value for the same time were left out")
                .ConfigureAwait(false);
        }

        var at = request.Time ?? Newest(store) ?? Now();
        if (request.Explain)
        {
            var explanation = new QueryEngine(store, clock: terminal.Time).Explain(expression, at, cancellationToken: cancellationToken);
            await WriteAsync(ExplainText.Format(explanation)).ConfigureAwait(false);
            return explanation.Failure is { } failure ? throw failure : ExitCode.Success;
        }

        using var source = new StoreQueries(store, clock: terminal.Time);
        return await AnswerAsync(source, expression, at, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> AnswerAsync(IQuerySource source, PromQLExpression expression, long at, CancellationToken cancellationToken)
    {
        var answer = request.Range is { } range
            ? await source.RangeAsync(expression, range, default, cancellationToken).ConfigureAwait(false)
            : await source.InstantAsync(expression, at, default, cancellationToken).ConfigureAwait(false);
        if (request.Json)
        {
            await ApiAnswer.WriteAsync(PipeWriter.Create(terminal.Output, new StreamPipeWriterOptions(leaveOpen: true)), answer, cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        }

        await WriteAsync(ValueText.Format(answer.Value)).ConfigureAwait(false);
        foreach (var remark in answer.Warnings.Concat(answer.Infos))
        {
            await terminal.Error.WriteLineAsync($"sriovpulse: {remark}").ConfigureAwait(false);
        }

        return ExitCode.Success;
    }

    private static long? Newest(SeriesStore store)
    {
        long? newest = null;
        foreach (var series in store.FindSeries([], long.MinValue, long.MaxValue, CancellationToken.None))
        {
            if (series.TryReadLast(long.MinValue, long.MaxValue, out var sample) && !(newest >= sample.Timestamp))
            {
                newest = sample.Timestamp;
            }
        }

        return newest;
    }

    private long Now() => terminal.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task WriteAsync(string text) => await terminal.Output.WriteAsync(Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
}
