using System.Globalization;

namespace SriovPulse.Metrics.Exposition;

/// <summary>An exposition is not what its format says. It was written wrongly; nothing is wrong with who reads it.</summary>
public sealed class ExpositionException(long line, int column, string problem) : Exception(
    string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}: {problem}"))
{
    /// <summary>The line, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>The column in characters, from 1.</summary>
    public int Column { get; } = column;

    /// <summary>What was expected, and what was found instead.</summary>
    public string Problem { get; } = problem;
}
