using SriovPulse.PromQL.Ast;

namespace SriovPulse.PromQL.Evaluation;

/// <summary><c>and</c>, <c>or</c>, <c>unless</c>: which series stay depends on which match, never on values.</summary>
internal static class SetOperation
{
    public static SeriesBlock Run(BinaryOperator op, LabelSubset subset, SeriesBlock left, SeriesBlock right)
    {
        // "or" asks for each series on the right whether the left has its group; the others ask the opposite.
        var (asked, asking) = op == BinaryOperator.Or ? (left, right) : (right, left);
        var table = new SignatureTable(subset, asked.Count);
        var groups = new int[asked.Count];
        for (var row = 0; row < asked.Count; row++)
        {
            groups[row] = table.GetOrAdd(asked.Labels[row]);
        }

        var steps = left.Steps;
        var there = new bool[table.Count * steps];
        for (var row = 0; row < asked.Count; row++)
        {
            var values = asked.Row(row);
            var marks = there.AsSpan(groups[row] * steps, steps);
            for (var step = 0; step < steps; step++)
            {
                marks[step] |= !Absent.Is(values[step]);
            }
        }

        var staysWhenThere = op == BinaryOperator.And;
        for (var row = 0; row < asking.Count; row++)
        {
            var group = table.Find(asking.Labels[row]);
            var values = asking.Row(row);
            for (var step = 0; step < steps; step++)
            {
                if ((group >= 0 && there[(group * steps) + step]) != staysWhenThere)
                {
                    values[step] = Absent.Value;
                }
            }
        }

        asking.Compact();
        if (op == BinaryOperator.Or)
        {
            for (var row = 0; row < right.Count; row++)
            {
                right.Row(row).CopyTo(left.Add(right.Labels[row], right.Names[row]));
            }
        }

        return left;
    }
}
