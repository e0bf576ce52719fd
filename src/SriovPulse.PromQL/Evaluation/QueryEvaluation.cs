using System.Runtime.CompilerServices;
using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Explaining;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>
/// One evaluation of one expression. Every node is evaluated at all steps of a grid at once: an instant query is a grid of one step.
/// </summary>
internal sealed partial class QueryEvaluation
{
    private readonly PromQLExpression _expression;
    private readonly ISeriesSource _source;
    private readonly ExplainRecord? _explain;
    private readonly EvaluationBudget _budget;
    private readonly Dictionary<Expr, bool> _invariants = new(ReferenceEqualityComparer.Instance);
    private readonly List<Annotation> _annotations = [];
    private readonly HashSet<(string Message, TextRange Range)> _told = [];
    private readonly SampleWindow _window = new();

    public QueryEvaluation(
        PromQLExpression expression,
        ISeriesSource source,
        QueryLimits limits,
        TimeProvider clock,
        long start,
        long end,
        ExplainRecord? explain,
        CancellationToken cancellationToken)
    {
        _expression = expression;
        _source = source;
        Limits = limits;
        Start = start;
        End = end;
        _explain = explain;
        _budget = new EvaluationBudget(limits, clock, cancellationToken);
    }

    public QueryLimits Limits { get; }

    /// <summary>The query's start, which <c>@ start()</c> means.</summary>
    public long Start { get; }

    /// <summary>The query's end, which <c>@ end()</c> means.</summary>
    public long End { get; }

    public bool IsRange { get; private set; }

    public EvaluationBudget Budget => _budget;

    public ExplainRecord? Explain => _explain;

    public QueryResult RunInstant()
    {
        var root = _expression.Root;
        if (root.Type == ExprType.RangeVector)
        {
            return new QueryResult(new MatrixValue(ReadMatrix(root.Unwrapped)), _annotations);
        }

        var value = Evaluate(root, StepGrid.At(Start));
        QueryValue result = value switch
        {
            { Text: { } text } => new StringValue(Start, text),
            { Scalars: { } scalars } => new ScalarValue(Start, scalars[0]),
            _ => ResultReader.Vector(value.Series!, Start, root.Range),
        };
        return new QueryResult(result, _annotations);
    }

    public QueryResult RunRange(long step)
    {
        IsRange = true;
        var grid = new StepGrid(Start, step, (int)((End - Start) / step) + 1);
        var value = Evaluate(_expression.Root, grid);
        var series = value.Series;
        if (value.Scalars is { } scalars)
        {
            series = new SeriesBlock(grid.Count, 1);
            scalars.CopyTo(series.Add(Labels.Empty, NameState.Kept));
        }

        return new QueryResult(ResultReader.Matrix(series!, grid, _expression.Root.Range), _annotations);
    }

    /// <summary>Evaluates a node at all steps.</summary>
    public StepValue Evaluate(Expr expr, StepGrid grid)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new QueryExecutionException("expression is nested too deeply to be evaluated", expr.Range);
        }

        var held = _budget.Held;
        StepValue value;
        if (grid.Count > 1 && expr is not (NumberLiteral or StringLiteral) && IsInvariant(expr))
        {
            value = Repeat(EvaluateNode(expr, StepGrid.At(grid.Start)), grid.Count);
        }
        else
        {
            value = EvaluateNode(expr, grid);
        }

        // What the nodes below held is free now; only this node's result is kept.
        _budget.Hold(held, value.Series is { } series ? (long)series.Count * series.Steps : 0, expr.Range);
        _explain?.Add(expr, value);
        return value;
    }

    /// <summary>Evaluates a node that yields an instant vector.</summary>
    public SeriesBlock EvaluateVector(Expr expr, StepGrid grid) => Evaluate(expr, grid).Series!;

    /// <summary>Evaluates a node that yields a scalar: a number for each step.</summary>
    public double[] EvaluateScalar(Expr expr, StepGrid grid) => Evaluate(expr, grid).Scalars!;

    /// <summary>Evaluates a node that yields a string.</summary>
    public string EvaluateString(Expr expr, StepGrid grid) => Evaluate(expr, grid).Text!;

    /// <summary>Makes a remark, once for each place.</summary>
    public void Annotate(AnnotationSeverity severity, TextRange range, string message)
    {
        if (_told.Add((message, range)))
        {
            var (line, column) = range.Locate(_expression.Text);
            _annotations.Add(new Annotation(severity, message, range, line, column));
        }
    }

    private StepValue EvaluateNode(Expr expr, StepGrid grid) => expr switch
    {
        NumberLiteral number => Constant(number.Value, grid.Count),
        StringLiteral text => text.Value,
        VectorSelector selector => Select(selector, grid, timestamps: false),
        Parenthesized parenthesized => Evaluate(parenthesized.Inner, grid),
        UnaryExpr unary => Negate(unary, grid),
        BinaryExpr binary => EvaluateBinary(binary, grid),
        FunctionCall call => EvaluateCall(call, grid),
        Aggregation aggregation => new Aggregator(this, aggregation).Run(grid),
        RangeSelector or Subquery => throw new QueryExecutionException("a range vector stands where none can", expr.Range),
        _ => throw new UnknownExprException(expr),
    };

    public static double[] Constant(double value, int steps)
    {
        var values = new double[steps];
        values.AsSpan().Fill(value);
        return values;
    }

    private static StepValue Repeat(StepValue value, int steps) => value switch
    {
        { Series: { } series } => series.Repeat(steps),
        { Scalars: { } scalars } => Constant(scalars[0], steps),
        _ => value,
    };

    private StepValue Negate(UnaryExpr unary, StepGrid grid)
    {
        var value = Evaluate(unary.Operand, grid);
        if (!unary.IsNegative)
        {
            return value;
        }

        var values = value.Scalars is { } scalars ? scalars : value.Series!.Values;
        foreach (ref var number in values)
        {
            number = Absent.Is(number) ? number : -number;
        }

        value.Series?.DropNames(NameState.Dropping);
        return value;
    }

    private StepValue EvaluateCall(FunctionCall call, StepGrid grid)
    {
        var function = call.Function;
        if (function.PerValue is { } perValue)
        {
            var series = EvaluateVector(call.Arguments[0], grid);
            foreach (ref var value in series.Values)
            {
                value = Absent.Is(value) ? value : perValue(value);
            }

            series.DropNames(NameState.Dropping);
            return series;
        }

        return function.PerWindow is not null ? EvaluateWindows(call, grid) : function.PerCall!(this, call, grid);
    }

    /// <summary>Whether a node yields the same at every step: all selectors in it are pinned, and nothing in it asks for the time.</summary>
    private bool IsInvariant(Expr expr)
    {
        if (_invariants.TryGetValue(expr, out var known))
        {
            return known;
        }

        var invariant = expr switch
        {
            VectorSelector selector => selector.Shift.At is not null,

            // How many of its steps fall into the window depends on the time, even when they all yield the same.
            Subquery subquery => subquery.Shift.At is not null,
            FunctionCall { Function.DependsOnTime: true } => false,
            _ => true,
        };
        if (invariant && expr is not Subquery)
        {
            foreach (var child in expr.Children)
            {
                invariant &= IsInvariant(child);
            }
        }

        return _invariants[expr] = invariant;
    }
}
