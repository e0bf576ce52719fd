using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>Gets the samples of one series that the windows of all steps need; none of the spans may be kept.</summary>
internal delegate void WindowVisitor<TState>(
    Labels labels, NameState name, ReadOnlySpan<long> times, ReadOnlySpan<double> values, in StepWindows windows, TState state);
