using System.Runtime.InteropServices;
using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Logging;
using SriovPulse.Agent.Otlp;
using SriovPulse.Agent.Serving;
using SriovPulse.Linux;

namespace SriovPulse.Agent;

/// <summary>Entry point of <c>sriovpulse-agent</c>.</summary>
internal static class Program
{
    private const int Failure = 1;
    private const int WrongUsage = 2;

    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            switch (new CommandLine(Choices()).Read(arguments, File.ReadAllText))
            {
                case Request.Help help:
                    help.Write(Console.Out);
                    return 0;
                case Request.Version:
                    Console.WriteLine(BuildInfo.Current);
                    return 0;
                case Request.Run run:
                    return await RunAsync(run.Options).ConfigureAwait(false);
                default:
                    throw new InvalidOperationException("the command line asks for something unknown");
            }
        }
        catch (ConfigurationException e)
        {
            foreach (var error in e.Errors)
            {
                await Console.Error.WriteLineAsync($"sriovpulse-agent: {error}").ConfigureAwait(false);
            }

            return WrongUsage;
        }
        catch (OtlpConfigurationException e)
        {
            await Console.Error.WriteLineAsync($"sriovpulse-agent: {e.Message}").ConfigureAwait(false);
            return WrongUsage;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"sriovpulse-agent: {e.Message}").ConfigureAwait(false);
            return Failure;
        }
    }

    private static async Task<int> RunAsync(AgentOptions options)
    {
        NativeHeap.KeepSmall();
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var program = new ProgramMetrics();
        var errors = Console.OpenStandardError();
        using var logging = LineLoggerProvider.CreateFactory(options.Log, errors, TimeProvider.System, program.CountLogMessage);
        var environment = new AgentEnvironment(logging, program, TimeProvider.System, Console.OpenStandardOutput(), Console.Error);
        using var parts = new AgentParts(options, TimeProvider.System, logging);
        var source = parts.Start();
        environment = environment with { Services = OtlpServices.Create(options, source, environment, program) };
        return await AgentHost.RunAsync(options, source, environment, stop.Token).ConfigureAwait(false);
    }

    private static List<CollectorChoice> Choices() => [.. CollectorRegistry.All.Select(c => new CollectorChoice(c.Name, c.IsOnByDefault, c.Description))];
}
