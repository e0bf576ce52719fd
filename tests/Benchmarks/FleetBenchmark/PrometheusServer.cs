using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SriovPulse.Benchmarks.Fleets;

/// <summary>A Prometheus on loopback that scrapes nothing and has the blocks that it is given.</summary>
internal sealed class PrometheusServer : IDisposable
{
    // Ticks of /proc/PID/stat.
    private const double TicksPerSecond = 100;

    private readonly Process _process;

    private PrometheusServer(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Its resident memory.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>CPU time so far.</summary>
    public double CpuSeconds
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    /// <summary>Makes blocks of an OpenMetrics file and serves them.</summary>
    public static async Task<PrometheusServer> StartAsync(string programs, string promtool, string openMetrics, string scratch)
    {
        var data = Path.Combine(scratch, "data");
        await RunAsync(Path.Combine(promtool, "promtool"), "tsdb", "create-blocks-from", "openmetrics", openMetrics, data);
        var configuration = Path.Combine(scratch, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, "global: {evaluation_interval: 1m}\n");
        var port = FreePort();
        var process = Start(
            Path.Combine(programs, "prometheus"), "--config.file", configuration, "--storage.tsdb.path", data, "--storage.tsdb.retention.time", "100y",
            "--web.listen-address", $"127.0.0.1:{port}", "--log.level", "error");
        var server = new PrometheusServer(process, new Uri($"http://127.0.0.1:{port}"));
        try
        {
            await server.WaitUntilReadyAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Url, "/-/ready"));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (attempt < 240 && !_process.HasExited)
            {
            }

            await Task.Delay(250);
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        // Its talk is no part of the report.
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
