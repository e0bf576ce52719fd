using System.CommandLine;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using SriovPulse.Controller.Hosting;
using SriovPulse.Metrics.Configuration;

namespace SriovPulse.Cli.Controller;

/// <summary><c>sriovpulse controller</c>.</summary>
internal static class ControllerCommand
{
    public static Command Create(Terminal terminal)
    {
        var config = new Option<string>("--config")
        {
            HelpName = "FILE",
            Description = "YAML file: global and scrape_configs as in a Prometheus configuration, and store with window, memory_limit and snapshot.",
            Required = true,
        };
        var listen = new Option<string>("--web.listen-address")
        {
            HelpName = "ADDRESS",
            Description = "Loopback address and port for the query API and /metrics.",
            DefaultValueFactory = static _ => ControllerOptions.DefaultListen,
        };
        var command = new Command("controller", "Runs the controller: scrapes agents, keeps their metrics, answers PromQL.") { config, listen };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(config)!, parsed.GetValue(listen)!, terminal, stop));
        return command;
    }

    private static async Task<int> RunAsync(string file, string listen, Terminal terminal, CancellationToken stop)
    {
        var address = Address(listen);
        if (MetricsConfigurationReader.Read(file, await File.ReadAllTextAsync(file, stop).ConfigureAwait(false), out var problems) is not { } metrics)
        {
            foreach (var problem in problems)
            {
                await terminal.Error.WriteLineAsync($"sriovpulse: {problem}").ConfigureAwait(false);
            }

            return ExitCode.WrongUsage;
        }

        using var logging = LoggerFactory.Create(static builder => builder
            .AddFilter("Microsoft", LogLevel.Warning)

            // That the host cannot start is told by this command, in words that name the cure.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical)
            .AddSimpleConsole(static console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            })
            .Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        var host = await ControllerHost.StartAsync(new ControllerOptions(metrics, address), logging, terminal.Time, stop).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, host.Stopping);
            await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return stop.IsCancellationRequested ? ExitCode.Success : ExitCode.Failure;
    }

    private static IPEndPoint Address(string listen)
    {
        try
        {
            return ControllerOptions.ParseListen(listen);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--web.listen-address: {e.Message}");
        }
    }
}
