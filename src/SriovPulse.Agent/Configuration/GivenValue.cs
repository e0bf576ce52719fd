namespace SriovPulse.Agent.Configuration;

/// <summary>A value as somebody wrote it.</summary>
/// <param name="Key">Of an entry of a map: its key; else null.</param>
/// <param name="Text">The value.</param>
/// <param name="Where">Where it was written.</param>
internal readonly record struct GivenValue(string? Key, string Text, Origin Where);
