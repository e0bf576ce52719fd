namespace SriovPulse.Agent.Configuration;

/// <summary>A kind of value: how it is read and written as text, and what to call it.</summary>
/// <param name="Placeholder">Stands for a value in help.</param>
/// <param name="Expected">Describes a value, for errors: "a duration such as …".</param>
/// <param name="Parse">Reads it; throws <see cref="FormatException"/> with the reason.</param>
/// <param name="Show">Writes it.</param>
internal sealed record ValueForm<T>(string Placeholder, string Expected, Func<string, T> Parse, Func<T, string> Show);
