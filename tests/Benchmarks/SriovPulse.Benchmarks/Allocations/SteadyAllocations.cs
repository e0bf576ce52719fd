using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SriovPulse.Agent;
using SriovPulse.Agent.Collection;
using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Exposition;
using SriovPulse.Benchmarks.Trees;

namespace SriovPulse.Benchmarks.Allocations;

/// <summary>
/// What a steady collection and its rendering leave to the garbage collector, measured in this process with the agent's own parts over the same trees.
/// </summary>
internal static class SteadyAllocations
{
    private const int WarmUp = 30;
    private const int Measured = 50;

    /// <summary>Writes a table: sizes beside each other, a row for each set of collectors.</summary>
    public static async Task WriteAsync(TextWriter output, IReadOnlyCollection<HostTree> trees)
    {
        output.WriteLine();
        output.WriteLine("Managed bytes per steady collection (median), and of rendering it as text (prometheus-net's part, the program's own metrics, included):");
        output.WriteLine();
        output.WriteLine($"| collectors | {string.Join(" | ", trees.Select(t => $"collection {t.Shape} | rendering {t.Shape}"))} |");
        output.WriteLine($"|---|{string.Concat(trees.Select(_ => "---|---|"))}");
        await WriteRowAsync(output, "VF counters", ["vf-counters"], trees).ConfigureAwait(false);
        foreach (var name in CollectorRegistry.All.Where(c => c.IsOnByDefault && c.Name != "vf-counters").Select(c => c.Name))
        {
            await WriteRowAsync(output, name, [name], trees).ConfigureAwait(false);
        }

        await WriteRowAsync(output, "everything on", [.. CollectorRegistry.All.Where(c => c.IsOnByDefault).Select(c => c.Name)], trees).ConfigureAwait(false);
    }

    private static async Task WriteRowAsync(TextWriter output, string name, HashSet<string> collectors, IEnumerable<HostTree> trees)
    {
        var cells = new List<string>();
        foreach (var tree in trees)
        {
            var (collection, rendering) = await MeasureAsync(tree, collectors).ConfigureAwait(false);
            cells.Add(string.Create(CultureInfo.InvariantCulture, $"{collection} | {rendering}"));
        }

        output.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
    }

    private static async Task<(long Collection, long Rendering)> MeasureAsync(HostTree tree, HashSet<string> collectors)
    {
        var options = new AgentOptions
        {
            RootPath = tree.Root,
            Collectors = collectors,
            Collection = CollectionOptions.Default with { MaxAge = TimeSpan.Zero },
        };
        using var program = new ProgramMetrics();
        using var parts = new AgentParts(options, TimeProvider.System, NullLoggerFactory.Instance);
        var source = parts.Start();
        var renderer = new ExpositionRenderer(program, BuildInfo.Current, TimeProvider.System, writeCreated: false);
        var collection = new long[Measured];
        var rendering = new long[Measured];
        for (var i = 0; i < WarmUp + Measured; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var snapshot = await source.GetAsync(TimeSpan.FromSeconds(30), CancellationToken.None).ConfigureAwait(false);
            var collected = GC.GetTotalAllocatedBytes(precise: true);
            var body = await renderer.RenderAsync(snapshot, ExpositionFormat.PrometheusText, CancellationToken.None).ConfigureAwait(false);
            var rendered = GC.GetTotalAllocatedBytes(precise: true);
            if (i == 0)
            {
                CheckSuccess(string.Concat(body.Segments.Select(segment => Encoding.UTF8.GetString(segment))), collectors);
            }

            body.Release();
            snapshot.Release();
            if (i >= WarmUp)
            {
                collection[i - WarmUp] = collected - before;
                rendering[i - WarmUp] = rendered - collected;
            }
        }

        Array.Sort(collection);
        Array.Sort(rendering);
        return (collection[Measured / 2], rendering[Measured / 2]);
    }

    private static void CheckSuccess(string exposition, HashSet<string> collectors)
    {
        if (collectors.FirstOrDefault(name => !exposition.Contains($"collector_success{{collector=\"{name}\"}} 1", StringComparison.Ordinal)) is { } failed)
        {
            throw new InvalidDataException($"the collector {failed} did not succeed: there is nothing to measure");
        }
    }
}
