using System.Globalization;

namespace SriovPulse.Metrics.Importing;

/// <summary>A file cannot be imported, and nothing of it was: where it is wrong, and the cure.</summary>
public sealed class ImportException(string file, long line, int column, string problem) : Exception(
    string.Create(CultureInfo.InvariantCulture, $"{file}:{line}:{column}: {problem}"))
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>The line, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>The column in characters, from 1.</summary>
    public int Column { get; } = column;
}
