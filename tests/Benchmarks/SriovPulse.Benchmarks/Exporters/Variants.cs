using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SriovPulse.Benchmarks.Exporters;

/// <summary>The rows of the table.</summary>
internal static partial class Variants
{
    public const string Naive = "a: prometheus-net, ReadAllText";
    public const string AgentVfPath = "agent, VF counters";
    public const string AgentEverything = "agent, everything on";

    /// <summary>All exporters, their executables below the folder to which <c>run</c> published them.</summary>
    public static IReadOnlyList<Exporter> All(string binaries)
    {
        string Binary(string project, string name) => Path.Combine(binaries, project, name);
        var agent = Binary("Agent", "sriovpulse-agent");

        // Each scrape reads the kernel: the benchmark asks more often than Prometheus does, and must not be answered from the second before.
        string[] fresh = ["--collection.max-age", "0s", "--log.level", "warn"];
        string[] countersOnly = [.. fresh, .. OtherCollectors(agent, "vf-counters")];
        return
        [
            // It lists the VFs at each scrape, but prometheus-net keeps the series of those that are gone: nobody removes them, as is usual.
            new(Naive, Binary("NaiveExporter", "naive-exporter")),
            new(AgentVfPath, agent, countersOnly) { FollowsTopology = true, ReadsMellanoxForm = true },
            new(AgentVfPath + ", gzip", agent, countersOnly) { FollowsTopology = true, ReadsMellanoxForm = true, Gzip = true },
            new(AgentEverything, agent, fresh) { FollowsTopology = true, ReadsMellanoxForm = true },
            new("floor: open, read, close", Binary("FloorExporter", "floor-exporter")),
            new("floor: kept descriptors", Binary("FloorExporter", "floor-exporter"), "--keep-open"),
            new("floor behind Kestrel", Binary("KestrelFloor", "kestrel-floor")),
        ];
    }

    // Asked of the agent itself, so that a collector that comes later is turned off as well.
    private static IEnumerable<string> OtherCollectors(string agent, string wanted)
    {
        using var help = Process.Start(new ProcessStartInfo(agent, "--help") { RedirectStandardOutput = true })!;
        var names = CollectorFlag().Matches(help.StandardOutput.ReadToEnd()).Select(flag => flag.Groups[1].Value).ToList();
        help.WaitForExit();
        return names.Remove(wanted)
            ? names.Select(name => $"--no-collector.{name}")
            : throw new InvalidDataException($"the agent's help has no collector {wanted}");
    }

    [GeneratedRegex("^ +--collector\\.([a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex CollectorFlag();
}
