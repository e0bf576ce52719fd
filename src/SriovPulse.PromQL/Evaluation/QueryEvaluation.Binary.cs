using SriovPulse.PromQL.Ast;

namespace SriovPulse.PromQL.Evaluation;

internal sealed partial class QueryEvaluation
{
    private StepValue EvaluateBinary(BinaryExpr binary, StepGrid grid)
    {
        var left = Evaluate(binary.Left, grid);
        var right = Evaluate(binary.Right, grid);
        return (left, right) switch
        {
            ({ Scalars: { } l }, { Scalars: { } r }) => BetweenScalars(binary.Operator, l, r),
            ({ Series: { } l }, { Scalars: { } r }) => WithScalar(binary, l, r, scalarIsLeft: false),
            ({ Scalars: { } l }, { Series: { } r }) => WithScalar(binary, r, l, scalarIsLeft: true),
            ({ Series: { } l }, { Series: { } r }) => BetweenVectors(binary, l, r),
            _ => throw new UnknownExprException(binary),
        };
    }

    private static double[] BetweenScalars(BinaryOperator op, double[] left, double[] right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            left[i] = op.IsComparison() ? Arithmetic.Holds(op, left[i], right[i]) ? 1 : 0 : Arithmetic.Apply(op, left[i], right[i]);
        }

        return left;
    }

    private static SeriesBlock WithScalar(BinaryExpr binary, SeriesBlock block, double[] scalars, bool scalarIsLeft)
    {
        var op = binary.Operator;
        for (var row = 0; row < block.Count; row++)
        {
            var values = block.Row(row);
            for (var step = 0; step < values.Length; step++)
            {
                ref var value = ref values[step];
                if (Absent.Is(value))
                {
                    continue;
                }

                var (l, r) = scalarIsLeft ? (scalars[step], value) : (value, scalars[step]);
                if (!op.IsComparison())
                {
                    value = Arithmetic.Apply(op, l, r);
                }
                else if (binary.ReturnsBool)
                {
                    value = Arithmetic.Holds(op, l, r) ? 1 : 0;
                }
                else if (!Arithmetic.Holds(op, l, r))
                {
                    value = Absent.Value;
                }
            }
        }

        if (op.IsComparison() && !binary.ReturnsBool)
        {
            block.Compact();
        }
        else
        {
            block.DropNames(NameState.Dropping);
        }

        return block;
    }

    private SeriesBlock BetweenVectors(BinaryExpr binary, SeriesBlock left, SeriesBlock right)
    {
        var matching = binary.Matching ?? VectorMatching.Default;
        var subset = matching.IsOn ? LabelSubset.On(matching.Labels) : LabelSubset.Ignoring(matching.Labels);
        HideGoneNames(left, subset);
        HideGoneNames(right, subset);
        _budget.Look(binary.Range);
        return binary.Operator.IsSetOperator()
            ? SetOperation.Run(binary.Operator, subset, left, right)
            : new VectorJoin(this, binary, matching, subset).Run(left, right);
    }

    /// <summary>Where a metric's name could be seen, names that are gone must really be gone.</summary>
    public static void HideGoneNames(SeriesBlock block, LabelSubset subset)
    {
        if (!subset.SeesMetadata)
        {
            return;
        }

        var labels = block.Labels;
        var names = block.Names;
        for (var row = 0; row < labels.Length; row++)
        {
            if (names[row] == NameState.Gone && (subset.SeesName || labels[row].HasTypeOrUnit))
            {
                labels[row] = labels[row].WithoutMetadata();
            }
        }
    }
}
