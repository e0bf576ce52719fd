using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Explaining;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>Evaluates expressions over a source of series. Times are milliseconds since 1970. Safe for use by several threads if the source is.</summary>
/// <param name="source">Where the series come from.</param>
/// <param name="limits">What a query may cost; null for the defaults.</param>
/// <param name="clock">Measures the timeout, nothing else; null for the system's.</param>
public sealed class QueryEngine(ISeriesSource source, QueryLimits? limits = null, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>The limits in force.</summary>
    public QueryLimits Limits { get; } = limits ?? new QueryLimits();

    /// <summary>The value at one time. A range selector or subquery at the top yields a <see cref="MatrixValue"/>.</summary>
    /// <exception cref="QueryException">It did not come to an end; the subclass tells why.</exception>
    public QueryResult Instant(PromQLExpression expression, long at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var evaluation = new QueryEvaluation(expression, source, Limits, _clock, at, at, null, cancellationToken);
        return evaluation.RunInstant();
    }

    /// <summary>The values at each step from a start to an end, both included when they fall on a step.</summary>
    /// <exception cref="QueryException">It did not come to an end; the subclass tells why.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive, or the end lies before the start.</exception>
    public QueryResult Range(PromQLExpression expression, long start, long end, long step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        if (expression.Type is not (ExprType.Scalar or ExprType.InstantVector))
        {
            throw new QueryExecutionException(
                $"invalid expression type \"{Typing.ExprTypeNames.Spelled(expression.Type)}\" for range query, must be scalar or instant vector", expression.Root.Range);
        }

        if ((end - start) / step >= Limits.MaxSteps)
        {
            throw new QueryLimitException(
                $"a range query may have {Limits.MaxSteps} steps, this one has {((end - start) / step) + 1}: use a longer step", expression.Root.Range);
        }

        var evaluation = new QueryEvaluation(expression, source, Limits, _clock, start, end, null, cancellationToken);
        return evaluation.RunRange(step);
    }

    /// <summary>Evaluates at one time and tells what every node yielded. A failed evaluation is told too, it does not throw.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="at">The time.</param>
    /// <param name="mostLabelSets">How many label sets to tell for each node.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    public Explanation Explain(PromQLExpression expression, long at, int mostLabelSets = 10, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var record = new ExplainRecord(mostLabelSets);
        var evaluation = new QueryEvaluation(expression, source, Limits, _clock, at, at, record, cancellationToken);
        try
        {
            var result = evaluation.RunInstant();
            return new Explanation(record.Tree(expression), result, null);
        }
        catch (QueryException failure)
        {
            return new Explanation(record.Tree(expression), null, failure);
        }
    }
}
