namespace SriovPulse.Metrics.Querying;

/// <summary>What a source says it is: the answer of <c>status/buildinfo</c>.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Revision">The commit that it was built from; empty when it does not say.</param>
/// <param name="Application">Its name, where it tells one (Mimir does); else empty.</param>
public sealed record BuildInformation(string Version, string Revision, string Application)
{
    /// <summary>This program.</summary>
    public static BuildInformation Own { get; } = Read();

    private static BuildInformation Read()
    {
        var assembly = typeof(BuildInformation).Assembly;
        var text = System.Reflection.CustomAttributeExtensions
            .GetCustomAttribute<System.Reflection.AssemblyInformationalVersionAttribute>(assembly)?.InformationalVersion ?? "0.0.0";
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? new(text, string.Empty, "SriovPulse") : new(text[..plus], text[(plus + 1)..], "SriovPulse");
    }
}
