using SriovPulse.PromQL.Evaluation;

namespace SriovPulse.Metrics.Querying;

/// <summary>The <c>limit</c> of Prometheus' API.</summary>
public static class ResultLimit
{
    /// <summary>The warning that Prometheus gives with an answer that was cut off.</summary>
    public const string Warning = "results truncated due to limit";

    /// <summary>Cuts off the series beyond a limit, with a warning; 0 is no limit.</summary>
    public static Answer<QueryValue> Apply(Answer<QueryValue> answer, int limit)
    {
        QueryValue? cut = answer.Value switch
        {
            VectorValue vector when limit > 0 && vector.Samples.Count > limit => vector with { Samples = [.. vector.Samples.Take(limit)] },
            MatrixValue matrix when limit > 0 && matrix.Series.Count > limit => new MatrixValue([.. matrix.Series.Take(limit)]),
            _ => null,
        };
        return cut is null ? answer : answer with { Value = cut, Warnings = [.. answer.Warnings, Warning] };
    }
}
