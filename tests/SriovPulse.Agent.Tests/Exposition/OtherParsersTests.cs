using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Exposition;
using SriovPulse.Testing;

namespace SriovPulse.Agent.Tests.Exposition;

/// <summary>What others say of the documents: promtool, and the reference parser of OpenMetrics in Python.</summary>
public sealed class OtherParsersTests : IDisposable
{
    private readonly ProgramMetrics _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Promtool_has_nothing_to_say() => CheckWithPromtool(await RenderAsync(ExpositionFormat.PrometheusText));

    [Fact]
    public void Promtool_has_nothing_to_say_of_a_whole_host() => CheckWithPromtool(Golden("metrics.txt"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Python_client_reads_OpenMetrics(bool writeCreated) => ReadWithPython(await RenderAsync(ExpositionFormat.OpenMetrics, writeCreated));

    [Fact]
    public void Python_client_reads_OpenMetrics_of_a_whole_host() => ReadWithPython(Golden("metrics.openmetrics.txt"));

    private static string Golden(string file) => File.ReadAllText(Repository.Fixture("golden", file)).Replace("(masked)", "1", StringComparison.Ordinal);

    private static void CheckWithPromtool(string text)
    {
        var (code, output) = Run("promtool", ["check", "metrics"], text) ?? Skip("promtool is not installed (Debian: prometheus)");

        Assert.Equal(string.Empty, output);
        Assert.Equal(0, code);
    }

    private static void ReadWithPython(string text)
    {
        const string Script = """
            import sys
            try:
                from prometheus_client.openmetrics.parser import text_string_to_metric_families
            except ImportError:
                sys.exit(77)
            print(len(list(text_string_to_metric_families(sys.stdin.read()))))
            """;
        var (code, output) = Run("/usr/bin/python3", ["-c", Script], text) is ( not 77, _) result
            ? result
            : Skip("the parser is not installed (Debian: python3-prometheus-client)");

        Assert.Matches("^[0-9]+\n$", output);
        Assert.Equal(0, code);
    }

    private static (int Code, string Output) Skip(string reason)
    {
        Assert.Skip(reason);
        return default;
    }

    private async Task<string> RenderAsync(ExpositionFormat format, bool writeCreated = false)
    {
        var time = new FakeTimeProvider();
        var snapshot = Bodies.Snapshot(time, 1, new SampleMetrics().Fill());
        var body = await new ExpositionRenderer(_program, BuildInfo.Current, time, writeCreated).RenderAsync(snapshot, format, CancellationToken.None);
        return body.Text();
    }

    private static (int Code, string Output)? Run(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
