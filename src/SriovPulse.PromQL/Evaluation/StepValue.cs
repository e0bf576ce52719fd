namespace SriovPulse.PromQL.Evaluation;

/// <summary>What a node yields over a grid: exactly one of the three is there.</summary>
/// <param name="Series">For an instant vector.</param>
/// <param name="Scalars">For a scalar: a number for each step.</param>
/// <param name="Text">For a string.</param>
internal readonly record struct StepValue(SeriesBlock? Series, double[]? Scalars, string? Text)
{
    public static implicit operator StepValue(SeriesBlock series) => new(series, null, null);

    public static implicit operator StepValue(double[] scalars) => new(null, scalars, null);

    public static implicit operator StepValue(string text) => new(null, null, text);
}
