namespace SriovPulse.Cli;

/// <summary>Where a command writes, and its clock.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error, for messages.</param>
/// <param name="Time">The clock.</param>
internal sealed record Terminal(Stream Output, TextWriter Error, TimeProvider Time);
