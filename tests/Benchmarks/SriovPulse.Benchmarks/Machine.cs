using System.Globalization;

namespace SriovPulse.Benchmarks;

/// <summary>Where it was measured.</summary>
internal static class Machine
{
    public static void Write(TextWriter output, string trees)
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "unknown";
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Machine: {Environment.ProcessorCount} cores ({model}), Linux {kernel}, .NET {Environment.Version}; trees on {FileSystem(trees)}; load at the end {load}."));
    }

    // The mount with the longest path that leads to the folder.
    private static string FileSystem(string folder) => File.ReadLines("/proc/self/mounts")
        .Select(line => line.Split(' '))
        .Where(mount => (Path.GetFullPath(folder) + "/").StartsWith(mount[1].TrimEnd('/') + "/", StringComparison.Ordinal))
        .MaxBy(mount => mount[1].Length)?[2] ?? "unknown";
}
