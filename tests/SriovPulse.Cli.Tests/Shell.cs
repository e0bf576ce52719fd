using System.Text;

namespace SriovPulse.Cli.Tests;

/// <summary>Runs commands in this process.</summary>
internal static class Shell
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter();
        var exitCode = await Commands.RunAsync(arguments, new Terminal(output, error, TimeProvider.System), CancellationToken.None);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
