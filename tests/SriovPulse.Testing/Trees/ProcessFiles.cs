using System.Text;

namespace SriovPulse.Testing.Trees;

/// <summary>Processes below <c>proc</c> of a root.</summary>
public static class ProcessFiles
{
    /// <summary>Writes a process, or what has become of it.</summary>
    /// <param name="root">The root.</param>
    /// <param name="pid">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="links">What its descriptors point to, by number from 3.</param>
    /// <param name="commandLine">Its arguments; none for a kernel thread or a zombie.</param>
    /// <param name="startTime">When it started, in ticks.</param>
    /// <param name="kernelThread">Whether it is a kernel thread.</param>
    public static void Write(
        string root, int pid, string name, IReadOnlyList<string>? links = null, IEnumerable<string>? commandLine = null, ulong startTime = 1000, bool kernelThread = false)
    {
        var flags = kernelThread ? 0x200040 : 0x400100;
        var folder = Path.Combine(root, "proc", $"{pid}");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "stat"), $"{pid} ({name}) S 1 {pid} {pid} 0 -1 {flags} 9 0 0 0 1 2 0 0 20 0 4 0 {startTime} 1000 200\n");
        File.WriteAllBytes(Path.Combine(folder, "cmdline"), commandLine is null ? [] : CommandLine(commandLine));
        var descriptors = Path.Combine(folder, "fd");
        if (Directory.Exists(descriptors))
        {
            Directory.Delete(descriptors, recursive: true);
        }

        Directory.CreateDirectory(descriptors);
        for (var i = 0; i < (links?.Count ?? 0); i++)
        {
            File.CreateSymbolicLink(Path.Combine(descriptors, $"{i + 3}"), links![i]);
        }
    }

    /// <summary>A command line as <c>/proc/PID/cmdline</c> shows it.</summary>
    public static byte[] CommandLine(IEnumerable<string> arguments) => Encoding.UTF8.GetBytes(string.Concat(arguments.Select(static a => a + "\0")));

    /// <summary>The arguments of a QEMU recorded in <c>tests/fixtures/ownership/qemu</c>.</summary>
    public static string[] RecordedArguments(string fixture) =>
        File.ReadAllText(Repository.Fixture("ownership", "qemu", fixture + ".args")).TrimEnd('\n').Split('\n');
}
