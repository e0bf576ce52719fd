using System.Globalization;

namespace SriovPulse.Agent.Configuration;

/// <summary>Where something was said: a place in a file, or the command line.</summary>
/// <param name="File">The file; null for the command line.</param>
/// <param name="Line">Line from 1; 0 when it concerns the file as a whole.</param>
/// <param name="Column">Column from 1.</param>
internal readonly record struct Origin(string? File, long Line, long Column)
{
    public static Origin CommandLine { get; }

    public override string ToString() =>
        File is null ? string.Empty : Line == 0 ? File : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}
