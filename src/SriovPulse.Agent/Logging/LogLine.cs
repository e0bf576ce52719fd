using Microsoft.Extensions.Logging;

namespace SriovPulse.Agent.Logging;

/// <summary>One entry of the log.</summary>
/// <param name="Level">Severity.</param>
/// <param name="Component">Who speaks.</param>
/// <param name="Message">The message, complete.</param>
/// <param name="Values">The message's parts by name.</param>
/// <param name="Exception">What was thrown, if anything.</param>
internal readonly record struct LogLine(
    LogLevel Level, string Component, string Message, IReadOnlyList<KeyValuePair<string, object?>>? Values, Exception? Exception)
{
    // The name under which Microsoft.Extensions.Logging passes the message's template.
    private const string Template = "{OriginalFormat}";

    public string LevelName => Level switch
    {
        <= LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };

    /// <summary>What was thrown: with its stack where that is a defect of the program, else only what it says.</summary>
    public string? Error => Level >= LogLevel.Error ? Exception?.ToString() : Exception?.Message;

    /// <summary>The message's parts as text, without the template, with names that begin in lower case.</summary>
    public IEnumerable<(string Name, string Text)> Fields()
    {
        foreach (var (name, value) in Values ?? [])
        {
            if (name != Template && name.Length > 0)
            {
                yield return (char.ToLowerInvariant(name[0]) + name[1..], Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty);
            }
        }
    }
}
