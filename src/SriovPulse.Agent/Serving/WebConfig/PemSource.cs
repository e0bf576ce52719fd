using SriovPulse.Agent.Configuration;

namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>A PEM text that the configuration names or holds.</summary>
/// <param name="Key">The key that said so, for errors.</param>
/// <param name="File">Path of the file, or null.</param>
/// <param name="Text">The text itself, or null.</param>
/// <param name="Where">Where it was said.</param>
internal sealed record PemSource(string Key, string? File, string? Text, Origin Where)
{
    /// <exception cref="ConfigurationException">The file cannot be read.</exception>
    public string Read()
    {
        try
        {
            return Text ?? System.IO.File.ReadAllText(File!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e.Message);
        }
    }

    /// <summary>The error that the text cannot be used.</summary>
    public ConfigurationException Unusable(string reason) => new([new(Where, $"tls_server_config.{Key}: {reason}")]);
}
