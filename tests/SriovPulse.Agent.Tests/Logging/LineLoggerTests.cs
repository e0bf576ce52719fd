using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Logging;

namespace SriovPulse.Agent.Tests.Logging;

public sealed class LineLoggerTests : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly List<LogLevel> _counted = [];

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Logfmt_line_has_the_customary_keys_and_quotes_what_needs_it()
    {
        Log(LogFormat.Logfmt, "SriovPulse.Agent.Serving.AgentServer", LogLevel.Warning, null);

        Assert.Equal(
            "ts=2026-01-02T03:04:05.678Z level=warn component=serving msg=\"read \\\"a=b\\\" of ens1f0\\n\" what=\"\\\"a=b\\\"\" pf=ens1f0\\n\n".Replace("pf=ens1f0\\n\n", "pf=\"ens1f0\\n\"\n", StringComparison.Ordinal),
            Output());
        Assert.Equal([LogLevel.Warning], _counted);
    }

    [Fact]
    public void Json_line_is_an_object_with_the_same_keys()
    {
        Log(LogFormat.Json, "SriovPulse.Agent.Collection", LogLevel.Information, null);

        var line = JsonDocument.Parse(Output()).RootElement;
        Assert.EndsWith("}\n", Output(), StringComparison.Ordinal);
        Assert.Equal("2026-01-02T03:04:05.678Z", line.GetProperty("ts").GetString());
        Assert.Equal("info", line.GetProperty("level").GetString());
        Assert.Equal("collection", line.GetProperty("component").GetString());
        Assert.Equal("read \"a=b\" of ens1f0\n", line.GetProperty("msg").GetString());
        Assert.Equal("ens1f0\n", line.GetProperty("pf").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exception_of_a_warning_is_told_in_one_line_and_that_of_an_error_with_its_stack(bool isJson)
    {
        var format = isJson ? LogFormat.Json : LogFormat.Logfmt;
        Exception exception;
        try
        {
            throw new InvalidOperationException("out of luck");
        }
        catch (InvalidOperationException e)
        {
            exception = e;
        }

        Log(format, "x", LogLevel.Warning, exception);
        Assert.Contains("out of luck", Output(), StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(LineLoggerTests), Output(), StringComparison.Ordinal);

        Log(format, "x", LogLevel.Error, exception);
        Assert.Contains(nameof(LineLoggerTests), Output(), StringComparison.Ordinal);
        Assert.Equal(2, Output().Count(c => c == '\n'));
    }

    [Theory]
    [InlineData(LogLevel.Information, "SriovPulse.Agent.Serving", LogLevel.Information, true)]
    [InlineData(LogLevel.Information, "SriovPulse.Agent.Serving", LogLevel.Debug, false)]
    [InlineData(LogLevel.Information, "Microsoft.AspNetCore.Server.Kestrel", LogLevel.Information, false)]
    [InlineData(LogLevel.Information, "Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning, true)]
    [InlineData(LogLevel.Debug, "Microsoft.AspNetCore.Server.Kestrel", LogLevel.Debug, true)]
    [InlineData(LogLevel.Error, "SriovPulse.Agent.Serving", LogLevel.Warning, false)]
    public void Level_decides_what_is_logged(LogLevel least, string category, LogLevel level, bool isLogged)
    {
        Log(LogFormat.Logfmt, category, level, null, least);

        Assert.Equal(isLogged, Output().Length > 0);
        Assert.Equal(isLogged ? 1 : 0, _counted.Count);
    }

    private string Output() => Encoding.UTF8.GetString(_output.ToArray());

    private void Log(LogFormat format, string category, LogLevel level, Exception? exception, LogLevel least = LogLevel.Information)
    {
        var time = new FakeTimeProvider(new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
        using var factory = LineLoggerProvider.CreateFactory(new() { Format = format, Level = least }, _output, time, _counted.Add);
#pragma warning disable CA1848, CA1873, CA2254 // The message's form is what is tested.
        factory.CreateLogger(category).Log(level, exception, "read {What} of {Pf}", "\"a=b\"", "ens1f0\n");
#pragma warning restore CA1848, CA1873, CA2254
    }
}
