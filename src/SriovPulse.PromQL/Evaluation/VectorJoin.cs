using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>Arithmetic and comparison between two vectors: a hash join of the "many" side with the "one" side.</summary>
internal sealed class VectorJoin(QueryEvaluation evaluation, BinaryExpr binary, VectorMatching matching, LabelSubset subset)
{
    private readonly bool _manyIsLeft = matching.Grouping != MatchGrouping.Right;
    private readonly bool _filters = binary.Operator.IsComparison() && !binary.ReturnsBool;
    private bool _replacedLabels;

    public SeriesBlock Run(SeriesBlock left, SeriesBlock right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return new SeriesBlock(left.Steps, 0);
        }

        var (many, one) = _manyIsLeft ? (left, right) : (right, left);
        var table = new SignatureTable(subset, one.Count);
        var oneGroups = Groups(table, one, add: true);
        var manyGroups = Groups(table, many, add: false);

        // As a rule a group has one series on the "one" side at all steps, and then it need not be looked for at each of them.
        var oneRows = UniqueRows(oneGroups, table.Count);
        var simple = oneRows is not null && (matching.Grouping != MatchGrouping.None || AreUnique(manyGroups, table.Count));
        evaluation.Budget.Reserve((long)many.Count * many.Steps, binary.Range);
        var result = simple ? JoinRows(many, one, manyGroups, oneRows!) : JoinSteps(many, one, manyGroups, oneGroups, table);
        // The "many" side's series are different: their results are too, unless what told them apart was lost.
        if (matching.Grouping != MatchGrouping.None && (_replacedLabels || !(_filters || ResultReader.HaveOneName(result))))
        {
            CheckUnique(result);
        }

        return result;
    }

    private static int[] Groups(SignatureTable table, SeriesBlock block, bool add)
    {
        var groups = new int[block.Count];
        var labels = block.Labels;
        for (var row = 0; row < groups.Length; row++)
        {
            groups[row] = add ? table.GetOrAdd(labels[row]) : table.Find(labels[row]);
        }

        return groups;
    }

    private static int[]? UniqueRows(int[] groups, int count)
    {
        if (groups.Length != count)
        {
            return null;
        }

        var rows = new int[count];
        for (var row = 0; row < groups.Length; row++)
        {
            rows[groups[row]] = row;
        }

        return rows;
    }

    private static bool AreUnique(int[] groups, int count)
    {
        var seen = new bool[count];
        foreach (var group in groups)
        {
            if (group >= 0)
            {
                if (seen[group])
                {
                    return false;
                }

                seen[group] = true;
            }
        }

        return true;
    }

    private SeriesBlock JoinRows(SeriesBlock many, SeriesBlock one, int[] manyGroups, int[] oneRows)
    {
        var result = new SeriesBlock(many.Steps, many.Count);
        for (var row = 0; row < many.Count; row++)
        {
            if (manyGroups[row] < 0)
            {
                continue;
            }

            evaluation.Budget.Tick(binary.Range);
            var oneRow = oneRows[manyGroups[row]];
            var manyValues = many.Row(row);
            var oneValues = one.Row(oneRow);

            // The row's own memory holds the result until it is known that there is one: labels are made for those only.
            var any = false;
            for (var step = 0; step < manyValues.Length; step++)
            {
                manyValues[step] = Combine(manyValues[step], oneValues[step]);
                any |= !Absent.Is(manyValues[step]);
            }

            if (any)
            {
                var labels = ResultLabels(many.Labels[row], one.Labels[oneRow]);
                manyValues.CopyTo(result.Add(labels, ResultName(many.Names[row])));
            }
        }

        return result;
    }

    private SeriesBlock JoinSteps(SeriesBlock many, SeriesBlock one, int[] manyGroups, int[] oneGroups, SignatureTable table)
    {
        var result = new SeriesBlock(many.Steps, 0);
        var rows = new Dictionary<(int Many, int One), int>();
        var oneRows = new int[table.Count];
        var matched = new bool[table.Count];
        for (var step = 0; step < many.Steps; step++)
        {
            evaluation.Budget.Look(binary.Range);
            if (!AnyAt(many, step))
            {
                continue;
            }

            Array.Fill(oneRows, -1);
            Array.Clear(matched);
            for (var row = 0; row < one.Count; row++)
            {
                if (Absent.Is(one.Row(row)[step]))
                {
                    continue;
                }

                ref var first = ref oneRows[oneGroups[row]];
                if (first >= 0)
                {
                    throw ManyToMany(one.Labels[first], one.Labels[row]);
                }

                first = row;
            }

            for (var row = 0; row < many.Count; row++)
            {
                var value = many.Row(row)[step];
                var group = manyGroups[row];
                if (Absent.Is(value) || group < 0 || oneRows[group] < 0)
                {
                    continue;
                }

                if (matching.Grouping == MatchGrouping.None && matched[group])
                {
                    throw new QueryExecutionException(
                        "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)", binary.Range, many.Labels[row].ToString());
                }

                matched[group] = true;
                var combined = Combine(value, one.Row(oneRows[group])[step]);
                if (Absent.Is(combined))
                {
                    continue;
                }

                if (!rows.TryGetValue((row, oneRows[group]), out var at))
                {
                    at = rows[(row, oneRows[group])] = result.Count;
                    result.AddAbsent(ResultLabels(many.Labels[row], one.Labels[oneRows[group]]), ResultName(many.Names[row]));
                }

                result.Row(at)[step] = combined;
            }
        }

        return result;
    }

    private static bool AnyAt(SeriesBlock block, int step)
    {
        for (var row = 0; row < block.Count; row++)
        {
            if (!Absent.Is(block.Row(row)[step]))
            {
                return true;
            }
        }

        return false;
    }

    private double Combine(double many, double one)
    {
        if (Absent.Is(many) || Absent.Is(one))
        {
            return Absent.Value;
        }

        var (left, right) = _manyIsLeft ? (many, one) : (one, many);
        if (!binary.Operator.IsComparison())
        {
            return Arithmetic.Apply(binary.Operator, left, right);
        }

        var holds = Arithmetic.Holds(binary.Operator, left, right);
        return binary.ReturnsBool ? holds ? 1 : 0 : holds ? left : Absent.Value;
    }

    private Labels ResultLabels(Labels many, Labels one)
    {
        if (matching.Grouping == MatchGrouping.None)
        {
            return matching.IsOn ? many.Keep(matching.Labels) : matching.Labels.Count > 0 ? many.Without(matching.Labels) : many;
        }

        foreach (var label in matching.Include)
        {
            _replacedLabels |= many.Get(label).Length > 0;
        }

        return many.WithThoseOf(one, matching.Include);
    }

    // Arithmetic takes the name away at once; "bool" only in the end; a filter leaves it.
    private NameState ResultName(NameState name) =>
        !binary.Operator.IsComparison() ? matching.Include.Contains(Labels.MetricName) ? NameState.Kept : NameState.Gone
        : _filters || name == NameState.Gone ? name : NameState.Dropping;

    private void CheckUnique(SeriesBlock result)
    {
        var table = new SignatureTable(_filters ? LabelSubset.Except() : LabelSubset.Except(Labels.MetricName, Labels.MetricType, Labels.MetricUnit), result.Count);
        var rows = new int[result.Count];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = table.GetOrAdd(result.Labels[row]);
        }

        if (table.Count == rows.Length)
        {
            return;
        }

        var seen = new bool[table.Count];
        for (var step = 0; step < result.Steps; step++)
        {
            Array.Clear(seen);
            for (var row = 0; row < rows.Length; row++)
            {
                if (Absent.Is(result.Row(row)[step]))
                {
                    continue;
                }

                if (seen[rows[row]])
                {
                    throw new QueryExecutionException(
                        "multiple matches for labels: grouping labels must ensure unique matches", binary.Range, result.Labels[row].ToString());
                }

                seen[rows[row]] = true;
            }
        }
    }

    private QueryExecutionException ManyToMany(Labels first, Labels second)
    {
        if (Labels.Compare(first, second) > 0)
        {
            (first, second) = (second, first);
        }

        var group = subset.Of(first);
        var side = _manyIsLeft ? "right" : "left";
        return new QueryExecutionException(
            $"found duplicate series for the match group {group.ToBraces()} on the {side} hand-side of the operation: "
            + $"[{first.ToBraces()}, {second.ToBraces()}];many-to-many matching not allowed: matching labels must be unique on one side",
            binary.Range);
    }
}
