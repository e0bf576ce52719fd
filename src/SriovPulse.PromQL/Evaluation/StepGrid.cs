namespace SriovPulse.PromQL.Evaluation;

/// <summary>The times at which an expression is evaluated together.</summary>
/// <param name="Start">The first, milliseconds since 1970.</param>
/// <param name="Step">The distance.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct StepGrid(long Start, long Step, int Count)
{
    public long End => Start + (Step * (Count - 1));

    public long this[int step] => Start + (Step * step);

    public static StepGrid At(long time) => new(time, 1, 1);
}
