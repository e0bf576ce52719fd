using System.Runtime.InteropServices;

namespace SriovPulse.Cli;

/// <summary>Entry point of <c>sriovpulse</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var output = Console.OpenStandardOutput();
        await using (output.ConfigureAwait(false))
        {
            return await Commands.RunAsync(arguments, new Terminal(output, Console.Error, TimeProvider.System), stop.Token).ConfigureAwait(false);
        }
    }
}
