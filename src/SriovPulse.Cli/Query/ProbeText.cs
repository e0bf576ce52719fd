using System.Text;
using SriovPulse.Metrics.Querying.Remote.Probing;

namespace SriovPulse.Cli.Query;

/// <summary>What a server does otherwise, a line each.</summary>
internal static class ProbeText
{
    public static string Format(ProbeReport report)
    {
        var text = new StringBuilder(report.Build is { } build
            ? $"the server says it is {(build.Application.Length > 0 ? $"{build.Application}, " : string.Empty)}version {build.Version}\n"
            : "the server does not say what it is\n");
        foreach (var difference in report.Differences)
        {
            text.Append("- ").Append(difference).Append('\n');
        }

        return text.Append(report.Differences.Count == 0 ? "no difference that matters for this expression\n" : string.Empty).ToString();
    }
}
