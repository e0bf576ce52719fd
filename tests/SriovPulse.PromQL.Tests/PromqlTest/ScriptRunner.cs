using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>Runs scripts as upstream's harness does: each instant eval also with <c>@</c> variants and as the middle step of a range query.</summary>
public static class ScriptRunner
{
    private const long Minute = 60_000;

    public static IEnumerable<(EvalCommand Eval, EvalOutcome Outcome)> Run(string path)
    {
        var source = new TestSource();
        var engine = new QueryEngine(source);
        foreach (var command in TestScript.Read(path))
        {
            switch (command)
            {
                case ClearCommand:
                    source.Clear();
                    break;
                case LoadCommand load:
                    source.Load(load);
                    break;
                case EvalCommand eval:
                    yield return (eval, Judge(engine, eval));
                    break;
            }
        }
    }

    private static EvalOutcome Judge(QueryEngine engine, EvalCommand eval)
    {
        if (eval.Expect.Series.Any(static series => series.HasHistogram))
        {
            return new EvalOutcome(false, "expects native histograms");
        }

        if (!PromQLExpression.TryParse(eval.Expression, out var expression, out var diagnostics))
        {
            var refused = diagnostics.FirstOrDefault(static d => d.Kind is DiagnosticKind.Experimental or DiagnosticKind.NativeHistogram);
            return refused is not null ? new EvalOutcome(false, refused.Message)
                : eval.Expect.Fails ? FailedAsExpected(eval, string.Join("; ", diagnostics))
                : new EvalOutcome(true, string.Join("; ", diagnostics));
        }

        try
        {
            var difference = eval.Step is { } step
                ? Check(eval, expression, () => engine.Range(expression, eval.Start, eval.End, step))
                : CheckInstant(engine, eval, expression);
            return difference is null ? EvalOutcome.Passed : new EvalOutcome(true, difference);
        }
        catch (OutOfScopeException e)
        {
            return new EvalOutcome(false, e.Message);
        }
    }

    private static EvalOutcome FailedAsExpected(EvalCommand eval, string message) =>
        eval.Expect.Failures.TrueForAll(matches => matches(message)) ? EvalOutcome.Passed : new EvalOutcome(true, $"fails with another message: {message}");

    private static string? CheckInstant(QueryEngine engine, EvalCommand eval, PromQLExpression expression)
    {
        var difference = Check(eval, expression, () => engine.Instant(expression, eval.Start));
        if (difference is not null)
        {
            return difference;
        }

        foreach (var (text, at) in AtVariants.Of(expression, eval.Start))
        {
            var variant = PromQLExpression.Parse(text);
            if (Check(eval, variant, () => engine.Instant(variant, at)) is { } other)
            {
                return $"as {text} at {at}: {other}";
            }
        }

        return eval.Expect.IsOrdered || expression.Type is Ast.ExprType.String or Ast.ExprType.RangeVector ? null : CheckMiddleStep(engine, eval, expression);
    }

    private static string? CheckMiddleStep(QueryEngine engine, EvalCommand eval, PromQLExpression expression)
    {
        MatrixValue matrix;
        try
        {
            matrix = (MatrixValue)engine.Range(expression, eval.Start - Minute, eval.Start + Minute, Minute).Value;
        }
        catch (QueryException e)
        {
            return eval.Expect.Fails ? null : $"as a range query: {e.Message}";
        }

        var samples = new List<VectorSample>();
        foreach (var series in matrix.Series)
        {
            samples.AddRange(series.Samples.Where(sample => sample.Timestamp == eval.Start).Select(sample => new VectorSample(series.Labels, sample.Value)));
        }

        QueryValue value = expression.Type == Ast.ExprType.Scalar
            ? new ScalarValue(eval.Start, samples.Single().Value)
            : new VectorValue(eval.Start, samples);
        return eval.Expect.Fails ? "succeeds as a range query" : ResultComparison.Difference(eval, value) is { } difference ? $"as a range query: {difference}" : null;
    }

    private static string? Check(EvalCommand eval, PromQLExpression expression, Func<QueryResult> run)
    {
        QueryResult result;
        try
        {
            result = run();
        }
        catch (QueryException e)
        {
            return eval.Expect.Fails ? FailedAsExpected(eval, e.Message).Reason : $"{expression}: {e.Message}";
        }

        if (eval.Expect.Fails)
        {
            return "succeeds, but should fail";
        }

        return Annotations(eval.Expect, result) ?? ResultComparison.Difference(eval, result.Value);
    }

    private static string? Annotations(Expectations expect, QueryResult result)
    {
        var warnings = result.Annotations.Where(static a => a.Severity == AnnotationSeverity.Warning).Select(static a => a.ToString()).ToArray();
        var infos = result.Annotations.Where(static a => a.Severity == AnnotationSeverity.Info).Select(static a => a.ToString()).ToArray();
        return Annotations("warning", warnings, expect.Warnings, expect.NoWarning) ?? Annotations("info", infos, expect.Infos, expect.NoInfo);
    }

    private static string? Annotations(string kind, string[] got, List<(string Shown, Func<string, bool> Matches)> expected, bool none)
    {
        if (none && got.Length > 0)
        {
            return $"expected no {kind}, got {got[0]}";
        }

        foreach (var (shown, matches) in expected)
        {
            if (!got.Any(matches))
            {
                return $"expected {kind} {shown}, got {(got.Length == 0 ? "none" : string.Join("; ", got))}";
            }
        }

        return expected.Count > 0 && got.FirstOrDefault(text => !expected.Exists(e => e.Matches(text))) is { } unexpected ? $"unexpected {kind} {unexpected}" : null;
    }
}
