using System.Buffers;
using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Querying.Remote;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Differential;

/// <summary>Asks two sources the same and keeps what they disagree about.</summary>
/// <param name="ours">The engine.</param>
/// <param name="theirs">Prometheus.</param>
/// <param name="refuses">Whether Prometheus refuses a text that is no expression for the engine.</param>
internal sealed class Comparison(IQuerySource ours, IQuerySource theirs, Func<string, Task<bool>> refuses)
{
    private static readonly SearchValues<string> s_comparisons = SearchValues.Create([" < ", " > ", " <= ", " >= ", " == ", " != "], StringComparison.Ordinal);

    private readonly Dictionary<string, int> _agreed = [];

    public List<string> Disagreements { get; } = [];

    public async Task AskAsync(Question question)
    {
        PromQLExpression expression;
        try
        {
            expression = PromQLExpression.Parse(question.Query);
        }
        catch (PromQLSyntaxException e)
        {
            Note(question, await refuses(question.Query) ? null : $"the engine does not parse it, Prometheus does: {e.Message}", "both refuse");
            return;
        }

        var (here, ourFailure) = await TryAsync(ours, expression, question);
        var (there, theirFailure) = await TryAsync(theirs, expression, question);
        if (here is not null && theirFailure?.Contains("vector cannot contain metrics with the same labelset", StringComparison.Ordinal) == true)
        {
            // The engine drops names at the end of an evaluation, a Prometheus without promql-delayed-name-removal at once, and then fails.
            Note(question, null, "known: names dropped later");
            return;
        }

        if (there is not null && ourFailure?.Contains("many-to-one matching must be explicit", StringComparison.Ordinal) == true && question.Query.AsSpan().ContainsAny(s_comparisons))
        {
            // Upstream's scripts ask for the error also where the comparison would have dropped all but one of the pairs; 3.5 and earlier let it pass.
            Note(question, null, "known: ambiguous matching told before filtering");
            return;
        }

        if (here is null || there is null)
        {
            Note(question, here is null && there is null ? null : $"the engine: {ourFailure ?? "answers"}; Prometheus: {theirFailure ?? "answers"}", "both refuse");
            return;
        }

        Note(question, ValueComparison.Difference(here, there, question.Query.Contains("topk", StringComparison.Ordinal) || question.Query.Contains("bottomk", StringComparison.Ordinal)), IsEmpty(here) ? "both empty" : "same values");
    }

    /// <summary>Series, names and values of labels.</summary>
    public async Task AskAboutSeriesAsync()
    {
        foreach (var selector in new[] { "sriov_vf_info", "{pf=\"ens0\",vf=~\"0|1\"}", "{__name__=~\".*_total\",instance!=\"host1:9836\"}", "no_such_metric" })
        {
            var selection = new SeriesSelection { Selectors = [SelectorText.Parse(selector)], Start = FleetHistory.Start, End = FleetHistory.End };
            Note(
                $"series of {selector}",
                Sets((await ours.SeriesAsync(selection, CancellationToken.None)).Value, (await theirs.SeriesAsync(selection, CancellationToken.None)).Value));
            Note(
                $"label names of {selector}",
                Sets((await ours.LabelNamesAsync(selection, CancellationToken.None)).Value, (await theirs.LabelNamesAsync(selection, CancellationToken.None)).Value));
            Note(
                $"values of pf of {selector}",
                Sets((await ours.LabelValuesAsync("pf", selection, CancellationToken.None)).Value, (await theirs.LabelValuesAsync("pf", selection, CancellationToken.None)).Value));
        }

        Note(
            "all metric names",
            Sets(
                (await ours.LabelValuesAsync(Labels.MetricName, SeriesSelection.All, CancellationToken.None)).Value,
                (await theirs.LabelValuesAsync(Labels.MetricName, SeriesSelection.All with { Start = FleetHistory.Start, End = FleetHistory.End }, CancellationToken.None)).Value));
    }

    /// <summary>Writes what came of it.</summary>
    public void Report(TextWriter output)
    {
        foreach (var (kind, count) in _agreed)
        {
            output.WriteLine($"# {kind}: {count}");
        }

        output.WriteLine($"# disagreements: {Disagreements.Count}");
        foreach (var disagreement in Disagreements)
        {
            output.WriteLine($"# {disagreement}");
        }
    }

    private static async Task<(QueryValue? Value, string? Failure)> TryAsync(IQuerySource source, PromQLExpression expression, Question question)
    {
        try
        {
            var answer = question.Range is { } range
                ? await source.RangeAsync(expression, range, default, CancellationToken.None)
                : await source.InstantAsync(expression, question.At, default, CancellationToken.None);
            return (answer.Value, null);
        }
        catch (Exception e) when (e is QueryException or RemoteRefusedException)
        {
            return (null, e.Message);
        }
    }

    private static bool IsEmpty(QueryValue value) => value is VectorValue { Samples.Count: 0 } or MatrixValue { Series.Count: 0 };

    private static string? Sets<T>(IEnumerable<T> here, IEnumerable<T> there)
    {
        var (mine, yours) = (here.ToHashSet(), there.ToHashSet());
        return mine.SetEquals(yours) ? null : $"only here: {string.Join(' ', mine.Except(yours))}; only there: {string.Join(' ', yours.Except(mine))}";
    }

    private void Note(object question, string? difference, string agreement = "same sets")
    {
        if (difference is null)
        {
            _agreed[agreement] = _agreed.GetValueOrDefault(agreement) + 1;
        }
        else
        {
            Disagreements.Add($"{question}: {difference}");
        }
    }
}
