using SriovPulse.PromQL.Functions;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>A call of a window function under way.</summary>
internal sealed record WindowCall(WindowFunction Function, double[]? Parameters, StepGrid Grid, SeriesBlock Block, bool KeepsName);
