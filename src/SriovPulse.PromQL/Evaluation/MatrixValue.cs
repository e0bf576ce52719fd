namespace SriovPulse.PromQL.Evaluation;

/// <summary>For each series values at several times; ordered by labels.</summary>
/// <param name="Series">The series, none without a sample.</param>
public sealed record MatrixValue(IReadOnlyList<MatrixSeries> Series) : QueryValue;
