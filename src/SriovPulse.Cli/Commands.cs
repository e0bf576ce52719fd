using System.CommandLine;
using SriovPulse.Cli.Query;
using SriovPulse.Metrics.Importing;
using SriovPulse.Metrics.Querying.Remote;

namespace SriovPulse.Cli;

/// <summary>The commands, and how their failures are told.</summary>
internal static class Commands
{
    /// <summary>Runs what a command line asks for.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken stop)
    {
        var root = new RootCommand("Metrics and policies of SR-IOV fleets: the controller and what belongs to it.")
        {
            QueryCommand.Create(terminal),
            Controller.ControllerCommand.Create(terminal),
        };
        root.Directives.Clear();
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var output = new StreamWriter(terminal.Output, leaveOpen: true);
        await using (output.ConfigureAwait(false))
        {
            if (parsed.Errors.Count > 0)
            {
                foreach (var error in parsed.Errors)
                {
                    await terminal.Error.WriteLineAsync($"sriovpulse: {error.Message}").ConfigureAwait(false);
                }

                await terminal.Error.WriteLineAsync($"sriovpulse: \"{CommandPath(parsed.CommandResult.Command)} --help\" tells what it takes").ConfigureAwait(false);
                return ExitCode.WrongUsage;
            }

            return await RunAsync(parsed, output, terminal, stop).ConfigureAwait(false);
        }
    }

    private static async Task<int> RunAsync(ParseResult parsed, TextWriter output, Terminal terminal, CancellationToken stop)
    {
        var invocation = new InvocationConfiguration { Output = output, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(invocation, stop).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            await terminal.Error.WriteLineAsync($"sriovpulse: {e.Message}").ConfigureAwait(false);
            return ExitCode.WrongUsage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ImportException or RemoteQueryException)
        {
            await terminal.Error.WriteLineAsync($"sriovpulse: {e.Message}").ConfigureAwait(false);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Failure;
        }
    }

    private static string CommandPath(Command command) => command is RootCommand ? "sriovpulse" : $"sriovpulse {command.Name}";
}
