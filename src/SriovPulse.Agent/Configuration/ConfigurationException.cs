namespace SriovPulse.Agent.Configuration;

/// <summary>The command line or a configuration file cannot be used; tells all that is wrong with it at once.</summary>
internal sealed class ConfigurationException(IReadOnlyList<ConfigurationError> errors)
    : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
