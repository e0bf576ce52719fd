using System.Reflection;
using System.Runtime.InteropServices;

namespace SriovPulse.Agent.Exposition;

/// <summary>Which agent this is.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Revision">The commit that it was built from; empty when not known.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="Architecture">Processor architecture.</param>
internal sealed record BuildInfo(string Version, string Revision, string Runtime, string Architecture)
{
    /// <summary>This program. The SDK writes the commit behind a plus sign of the informational version.</summary>
    public static BuildInfo Current { get; } = Parse(
        typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? string.Empty);

    public override string ToString() =>
        $"sriovpulse-agent {Version}{(Revision.Length > 0 ? $" (revision {Revision})" : string.Empty)}, .NET {Runtime}, {Architecture}";

    private static BuildInfo Parse(string informationalVersion)
    {
        var plus = informationalVersion.IndexOf('+', StringComparison.Ordinal);
        return new(
            plus < 0 ? informationalVersion : informationalVersion[..plus],
            plus < 0 ? string.Empty : informationalVersion[(plus + 1)..],
            Environment.Version.ToString(),
            RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant());
    }
}
