using System.Globalization;
using SriovPulse.Benchmarks.Fleets;

// What a fleet's store and engine cost, and the engine beside a Prometheus that has the same data.
var options = new Dictionary<string, string>();
for (var i = 1; i + 1 < args.Length; i += 2)
{
    options[args[i]] = args[i + 1];
}

switch (args.FirstOrDefault())
{
    case "cycle":
        return CycleCommand.Run(Number("--hosts", 1000), Number("--vfs", 64), Math.Max(40, Number("--cycles", 80)));
    case "compare" when options.TryGetValue("--prometheus", out var programs):
        return await CompareCommand.RunAsync(
            Number("--hosts", 1000), Number("--vfs", 64), Number("--rounds", 7), programs, options.GetValueOrDefault("--promtool", programs), options.GetValueOrDefault("--scratch", Path.GetTempPath()));
    default:
        await Console.Error.WriteLineAsync(
            """
            usage: fleet-benchmark cycle [--hosts N] [--vfs N] [--cycles N]
                   fleet-benchmark compare --prometheus FOLDER [--promtool FOLDER] [--hosts N] [--vfs N] [--rounds N] [--scratch FOLDER]
            """);
        return 2;
}

int Number(string option, int otherwise) => options.TryGetValue(option, out var text) ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
