namespace SriovPulse.PromQL.Ast;

/// <summary>What is to be known about the aggregations.</summary>
public static class AggregationOperators
{
    private static readonly Dictionary<string, AggregationOperator> s_byName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sum"] = AggregationOperator.Sum,
        ["avg"] = AggregationOperator.Avg,
        ["count"] = AggregationOperator.Count,
        ["min"] = AggregationOperator.Min,
        ["max"] = AggregationOperator.Max,
        ["group"] = AggregationOperator.Group,
        ["stddev"] = AggregationOperator.Stddev,
        ["stdvar"] = AggregationOperator.Stdvar,
        ["quantile"] = AggregationOperator.Quantile,
        ["topk"] = AggregationOperator.TopK,
        ["bottomk"] = AggregationOperator.BottomK,
        ["count_values"] = AggregationOperator.CountValues,
    };

    private static readonly string[] s_names = [.. s_byName.OrderBy(static row => row.Value).Select(static row => row.Key)];

    /// <summary>As it is written.</summary>
    public static string Spelled(this AggregationOperator op) => s_names[(int)op];

    /// <summary>The type of its parameter; null when it has none.</summary>
    public static ExprType? ParameterType(this AggregationOperator op) => op switch
    {
        AggregationOperator.Quantile or AggregationOperator.TopK or AggregationOperator.BottomK => ExprType.Scalar,
        AggregationOperator.CountValues => ExprType.String,
        _ => null,
    };

    internal static bool TryGet(string name, out AggregationOperator op) => s_byName.TryGetValue(name, out op);
}
