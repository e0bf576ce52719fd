using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Explaining;

/// <summary>Writes down what nodes yield while they are evaluated.</summary>
internal sealed class ExplainRecord(int mostLabelSets)
{
    private readonly Dictionary<Expr, Entry> _entries = new(ReferenceEqualityComparer.Instance);

    public void Add(Expr expr, StepValue value)
    {
        if (value.Series is not { } series)
        {
            var text = value.Text is { } s ? StringText.Quote(s) : NumberText.Format(value.Scalars![0]);
            _entries[expr] = new Entry(1, value.Scalars?.Length ?? 1, [], text);
            return;
        }

        var (count, samples, sets) = (0, 0L, new List<Labels>());
        for (var row = 0; row < series.Count; row++)
        {
            var present = 0;
            foreach (var v in series.Row(row))
            {
                present += Absent.Is(v) ? 0 : 1;
            }

            samples += present;
            count += present > 0 ? 1 : 0;
            if (present > 0 && sets.Count < mostLabelSets)
            {
                var labels = series.Labels[row];
                sets.Add(series.Names[row] == NameState.Kept ? labels : labels.WithoutMetadata());
            }
        }

        _entries[expr] = new Entry(count, samples, sets, null);
    }

    public void AddRange(Expr expr, List<Labels>? series, long samples)
    {
        var entry = new Entry(series!.Count, samples, series.GetRange(0, Math.Min(series.Count, mostLabelSets)), null);
        _entries[expr] = entry;
        if (expr is RangeSelector range)
        {
            _entries[range.Selector] = entry;
        }
    }

    public ExplainNode Tree(PromQLExpression expression) => Node(expression.Root, expression.Text);

    private ExplainNode Node(Expr expr, string text)
    {
        var known = _entries.TryGetValue(expr.Unwrapped, out var entry) || _entries.TryGetValue(expr, out entry);
        var children = new List<ExplainNode>();
        if (expr is not RangeSelector)
        {
            foreach (var child in expr.Children)
            {
                children.Add(Node(child, text));
            }
        }

        return new ExplainNode(
            expr, text[expr.Range.Start..expr.Range.End], expr.Type, known ? entry!.Count : null, entry?.Samples ?? 0, entry?.LabelSets ?? [], entry?.Value, children);
    }

    private sealed record Entry(int Count, long Samples, IReadOnlyList<Labels> LabelSets, string? Value);
}
