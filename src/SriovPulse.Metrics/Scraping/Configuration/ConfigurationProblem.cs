using System.Globalization;

namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>One thing that is wrong with a configuration, and the cure.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Message">What is wrong and what is expected instead.</param>
public sealed record ConfigurationProblem(string File, long Line, long Column, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {Message}");
}
