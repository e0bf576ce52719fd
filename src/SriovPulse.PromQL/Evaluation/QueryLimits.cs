namespace SriovPulse.PromQL.Evaluation;

/// <summary>What a query may cost, and how far back an instant value may lie.</summary>
public sealed record QueryLimits
{
    /// <summary>Samples held at one time; more end the query. Prometheus' default is 50 million.</summary>
    public long MaxSamples { get; init; } = 50_000_000;

    /// <summary>Series that one selector may find; more end the query.</summary>
    public int MaxSeries { get; init; } = 2_000_000;

    /// <summary>Steps of a range query; more are refused. Prometheus' API has the same limit.</summary>
    public int MaxSteps { get; init; } = 11_000;

    /// <summary>How long an evaluation may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How old the sample of an instant selector may be; a sample exactly this old is too old.</summary>
    public TimeSpan Lookback { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The step of a subquery that names none: Prometheus takes its global evaluation interval.</summary>
    public TimeSpan DefaultSubqueryStep { get; init; } = TimeSpan.FromMinutes(1);
}
