using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SriovPulse.Benchmarks.Scraping;

namespace SriovPulse.Benchmarks.Exporters;

/// <summary>A fresh process of an exporter, and what the kernel tells about it.</summary>
internal sealed class ExporterProcess : IDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private ExporterProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        process.ErrorDataReceived += Keep;
        process.OutputDataReceived += Keep;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    public int Id => _process.Id;

    public int Port { get; }

    public TimeSpan CpuTime => Clock.CpuTime(Id);

    /// <summary>From before the process was made to the first whole answer.</summary>
    public TimeSpan TimeToFirstScrape { get; private set; }

    public double ResidentMebibytes => StatusKibibytes("VmRSS") / 1024.0;

    public double AnonymousMebibytes => StatusKibibytes("RssAnon") / 1024.0;

    public int Threads => Directory.GetDirectories($"/proc/{Id}/task").Length;

    /// <summary>Starts the exporter over a tree and asks until it answers; the connection stays open for the scrapes to come.</summary>
    public static ExporterProcess Start(Exporter exporter, string root, out ScrapeConnection connection)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(exporter.Binary)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])["--path.rootfs", root, "--web.listen-address", $"127.0.0.1:{port}", .. exporter.Flags])
        {
            start.ArgumentList.Add(argument);
        }

        var started = Stopwatch.GetTimestamp();
        var process = new ExporterProcess(Process.Start(start)!, port);
        try
        {
            connection = process.Connect(exporter, started);
            connection.Scrape();
            process.TimeToFirstScrape = Stopwatch.GetElapsedTime(started);
            return process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Descriptors open on files or directories below the tree.</summary>
    public int DescriptorsBelow(string root) => Directory.GetFileSystemEntries($"/proc/{Id}/fd").Count(link =>
        new FileInfo(link).LinkTarget is { } target && target.StartsWith(root, StringComparison.Ordinal));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private ScrapeConnection Connect(Exporter exporter, long started)
    {
        while (true)
        {
            if (_process.HasExited)
            {
                _process.WaitForExit();
                throw new InvalidOperationException($"{exporter.Name} ended with {_process.ExitCode} before its first answer: {_errors}");
            }

            try
            {
                return new ScrapeConnection(Port, exporter.Gzip);
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(started) < s_startLimit)
            {
                Thread.Sleep(TimeSpan.FromMicroseconds(500));
            }
        }
    }

    private long StatusKibibytes(string field)
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(field.Length + 1).Trim()[..^3], CultureInfo.InvariantCulture);
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line.Data);
        }
    }
}
