using System.CommandLine;
using SriovPulse.Benchmarks.Allocations;
using SriovPulse.Benchmarks.Exporters;
using SriovPulse.Benchmarks.Measuring;
using SriovPulse.Benchmarks.Trees;

namespace SriovPulse.Benchmarks;

/// <summary>The command line: the whole comparison, or only a tree to try things on.</summary>
internal static class BenchmarkCommand
{
    private static readonly Option<string> s_sizes = new("--sizes")
    {
        Description = "Sizes PFxVF, separated by commas.",
        DefaultValueFactory = _ => "2x16,4x64,8x128",
    };

    private static readonly Option<string> s_only = new("--only") { Description = "Exporters whose names contain one of these, separated by commas." };
    private static readonly Option<int> s_rounds = new("--rounds") { Description = "Fresh processes per exporter and size.", DefaultValueFactory = _ => 3 };
    private static readonly Option<int> s_scrapes = new("--scrapes") { Description = "Measured scrapes per process.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> s_warmUp = new("--warm-up") { Description = "Scrapes before the measured ones.", DefaultValueFactory = _ => 20 };
    private static readonly Option<int> s_pause = new("--pause") { Description = "Milliseconds between scrapes." };
    private static readonly Option<StatisticsForm> s_form = new("--form") { Description = "Form of the statistics: intel or mellanox (only the agent reads it)." };
    private static readonly Option<string> s_binaries = new("--binaries") { Description = "Folder of the published exporters.", Required = true };
    private static readonly Option<string> s_trees = new("--trees") { Description = "Folder for the host trees.", Required = true };

    public static RootCommand Create()
    {
        var root = new RootCommand("Measures what a scrape costs, for the agent and for what it is compared with.")
        {
            s_sizes, s_only, s_rounds, s_scrapes, s_warmUp, s_pause, s_form, s_binaries, s_trees,
        };
        root.SetAction(Guarded(Compare));

        var directory = new Argument<string>("directory") { Description = "Where to make it; what is there is removed." };
        var size = new Argument<string>("size") { Description = "PFxVF." };
        var tree = new Command("tree", "Makes a host tree and ends.") { directory, size, s_form };
        tree.SetAction(Guarded(parsed => HostTree.Create(
            parsed.GetRequiredValue(directory), TreeShape.Parse(parsed.GetRequiredValue(size)), parsed.GetValue(s_form))));
        root.Subcommands.Add(tree);

        var allocations = new Command("allocations", "Measures only what a steady collection allocates.") { s_sizes, s_form, s_trees };
        allocations.SetAction(Guarded(parsed => SteadyAllocations.WriteAsync(Console.Out, CreateTrees(parsed).Values).GetAwaiter().GetResult()));
        root.Subcommands.Add(allocations);
        return root;
    }

    private static Func<ParseResult, int> Guarded(Action<ParseResult> action) => parsed =>
    {
        try
        {
            action(parsed);
            return 0;
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return 2;
        }
    };

    private static Dictionary<TreeShape, HostTree> CreateTrees(ParseResult parsed) => parsed.GetRequiredValue(s_sizes).Split(',').Select(TreeShape.Parse)
        .ToDictionary(s => s, s => HostTree.Create(
            Path.Combine(parsed.GetRequiredValue(s_trees), $"{s.PhysicalFunctions}x{s.VirtualFunctions}"), s, parsed.GetValue(s_form)));

    private static void Compare(ParseResult parsed)
    {
        var form = parsed.GetValue(s_form);
        var only = parsed.GetValue(s_only)?.Split(',');
        var all = Variants.All(parsed.GetRequiredValue(s_binaries));
        Exporter[] exporters = [.. all
            .Where(e => form == StatisticsForm.Intel || e.ReadsMellanoxForm)
            .Where(e => only is null || only.Any(o => e.Name.Contains(o, StringComparison.OrdinalIgnoreCase)))];
        if (exporters.Length == 0)
        {
            throw new UsageException($"no exporter is named so; there are: {string.Join(", ", all.Select(e => e.Name))}");
        }

        var trees = CreateTrees(parsed);
        TreeShape[] shapes = [.. trees.Keys];
        var bench = new Bench(parsed.GetValue(s_scrapes), parsed.GetValue(s_warmUp), TimeSpan.FromMilliseconds(parsed.GetValue(s_pause)));
        var results = new Results(exporters, shapes);

        // The driver's own code is compiled by a first, uncounted process.
        new Bench(2, 1, TimeSpan.Zero).Measure(exporters[0], trees[shapes[0]]);
        for (var round = 1; round <= parsed.GetValue(s_rounds); round++)
        {
            foreach (var shape in shapes)
            {
                foreach (var exporter in exporters)
                {
                    Console.Error.WriteLine($"round {round}, {shape}: {exporter.Name}");
                    results.Add(exporter, shape, bench.Measure(exporter, trees[shape]));
                    if (round == 1 && SystemCalls.CanCount)
                    {
                        results.Add(exporter, shape, bench.CountSystemCalls(exporter, trees[shape]));
                    }
                }
            }
        }

        Machine.Write(Console.Out, parsed.GetRequiredValue(s_trees));
        Table.Write(Console.Out, results);
        SteadyAllocations.WriteAsync(Console.Out, trees.Values).GetAwaiter().GetResult();
        if (!SystemCalls.CanCount)
        {
            Console.Out.WriteLine("\nSystem calls were not counted: strace is not installed.");
        }
    }
}
