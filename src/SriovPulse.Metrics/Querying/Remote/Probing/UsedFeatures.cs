using SriovPulse.PromQL;
using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Functions;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Querying.Remote.Probing;

/// <summary>What expressions use of the language in which servers differ.</summary>
internal sealed class UsedFeatures
{
    /// <summary>Functions, by name.</summary>
    public SortedDictionary<string, FunctionDefinition> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>Aggregations.</summary>
    public SortedSet<AggregationOperator> Aggregations { get; } = [];

    /// <summary><c>@</c> with a time.</summary>
    public bool AtTime { get; private set; }

    /// <summary><c>@ start()</c> or <c>@ end()</c>.</summary>
    public bool AtStartOrEnd { get; private set; }

    /// <summary>An offset into the future.</summary>
    public bool NegativeOffset { get; private set; }

    /// <summary>A subquery.</summary>
    public bool Subquery { get; private set; }

    /// <summary>A subquery without a step.</summary>
    public bool SubqueryWithoutStep { get; private set; }

    /// <summary>A range, of a selector or a subquery.</summary>
    public bool Range { get; private set; }

    /// <summary>A regular expression.</summary>
    public bool Regex { get; private set; }

    /// <summary>An expression that may see when metric names are dropped: one that selects several metrics at once, or makes labels of labels.</summary>
    public bool NameDropping { get; private set; }

    /// <summary>All that some expressions use.</summary>
    public static UsedFeatures Of(IEnumerable<PromQLExpression> expressions)
    {
        var features = new UsedFeatures();
        foreach (var expression in expressions)
        {
            features.Add(expression.Root);
        }

        return features;
    }

    private void Add(Expr expr)
    {
        switch (expr)
        {
            case FunctionCall { Function: var function }:
                Functions[function.Name] = function;
                NameDropping |= function.Name is "label_replace" or "label_join";
                Regex |= function.Name == "label_replace";
                break;
            case Aggregation aggregation:
                Aggregations.Add(aggregation.Operator);
                break;
            case VectorSelector selector:
                Add(selector.Shift);
                Regex |= selector.Matchers.Any(static matcher => matcher.Kind is MatchKind.Regex or MatchKind.NotRegex);
                NameDropping |= !selector.Matchers.Any(static matcher => matcher is { Name: Labels.MetricName, Kind: MatchKind.Equal });
                break;
            case RangeSelector:
                Range = true;
                break;
            case Subquery subquery:
                Add(subquery.Shift);
                Range = Subquery = true;
                SubqueryWithoutStep |= subquery.Step is null;
                break;
        }

        foreach (var child in expr.Children)
        {
            Add(child);
        }
    }

    private void Add(TimeShift shift)
    {
        AtTime |= shift.At is { Kind: not (AtKind.Start or AtKind.End) };
        AtStartOrEnd |= shift.At is { Kind: AtKind.Start or AtKind.End };
        NegativeOffset |= shift.Offset < 0;
    }
}
