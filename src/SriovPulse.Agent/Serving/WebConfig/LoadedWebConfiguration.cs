using SriovPulse.Agent.Configuration;

namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>A web configuration with what its files hold.</summary>
/// <param name="Configuration">What the file says.</param>
/// <param name="Tls">Loaded certificates; null for plain HTTP.</param>
internal sealed record LoadedWebConfiguration(WebConfiguration Configuration, TlsServer? Tls)
{
    /// <summary>Plain HTTP for everybody.</summary>
    public static LoadedWebConfiguration None { get; } = new(new(), null);

    /// <exception cref="ConfigurationException">The file, or one that it names, cannot be used.</exception>
    public static LoadedWebConfiguration Load(WebConfiguration configuration) =>
        new(configuration, configuration.Tls is { } tls ? TlsServer.Load(tls) : null);
}
