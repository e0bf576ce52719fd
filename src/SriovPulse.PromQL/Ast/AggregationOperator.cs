namespace SriovPulse.PromQL.Ast;

/// <summary>How an aggregation puts a group's values together.</summary>
public enum AggregationOperator
{
    /// <summary>Sum.</summary>
    Sum,

    /// <summary>Mean.</summary>
    Avg,

    /// <summary>Number of series.</summary>
    Count,

    /// <summary>Smallest.</summary>
    Min,

    /// <summary>Largest.</summary>
    Max,

    /// <summary>1 for each group.</summary>
    Group,

    /// <summary>Population standard deviation.</summary>
    Stddev,

    /// <summary>Population variance.</summary>
    Stdvar,

    /// <summary>φ-quantile.</summary>
    Quantile,

    /// <summary>The k largest series.</summary>
    TopK,

    /// <summary>The k smallest series.</summary>
    BottomK,

    /// <summary>Number of series with the same value.</summary>
    CountValues,
}
