namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>What became of an eval.</summary>
/// <param name="IsInScope">False when it needs what this engine refuses by design.</param>
/// <param name="Reason">Null when it passed.</param>
public sealed record EvalOutcome(bool IsInScope, string? Reason)
{
    public static EvalOutcome Passed { get; } = new(true, null);
}
