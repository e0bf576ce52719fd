using System.Buffers;
using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Configuration;

namespace SriovPulse.Agent.Logging;

/// <summary>Writes the log as lines to a stream, normally standard error, each line in one write.</summary>
/// <param name="format">Form of the lines.</param>
/// <param name="output">Where they go.</param>
/// <param name="time">The clock.</param>
/// <param name="count">Called for each line.</param>
internal sealed class LineLoggerProvider(LogFormat format, Stream output, TimeProvider time, Action<LogLevel> count) : ILoggerProvider
{
    private readonly ArrayBufferWriter<byte> _line = new(512);
    private readonly Lock _gate = new();

    /// <summary>Loggers that write to <paramref name="output"/> what is at least as severe as the options say; of the frameworks below only warnings, unless debugging.</summary>
    public static ILoggerFactory CreateFactory(LogOptions options, Stream output, TimeProvider time, Action<LogLevel> count)
    {
        var filter = new LoggerFilterOptions { MinLevel = options.Level };
        if (options.Level == LogLevel.Information)
        {
            filter.Rules.Add(new(null, "Microsoft", LogLevel.Warning, null));
        }

        // That the host cannot start is told by its caller, in words that name the cure.
        filter.Rules.Add(new(null, "Microsoft.Extensions.Hosting", LogLevel.Critical, null));
        return new LoggerFactory([new LineLoggerProvider(options.Format, output, time, count)], filter);
    }

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, Component(categoryName));

    public void Dispose()
    {
        // The stream is its giver's.
    }

    internal void Write(in LogLine line)
    {
        count(line.Level);
        lock (_gate)
        {
            _line.ResetWrittenCount();
            if (format == LogFormat.Json)
            {
                JsonLine.Write(_line, line, time.GetUtcNow());
            }
            else
            {
                LogfmtLine.Write(_line, line, time.GetUtcNow());
            }

            try
            {
                output.Write(_line.WrittenSpan);
            }
            catch (IOException)
            {
                // A full disk or a closed pipe behind the log must not end the agent.
            }
        }
    }

    // SriovPulse.Agent.Serving.ScrapeEndpoint: its folder, "serving", is the part of the program that speaks.
    private static string Component(string category)
    {
        const string Own = "SriovPulse.Agent.";
        if (!category.StartsWith(Own, StringComparison.Ordinal))
        {
            return category;
        }

        var rest = category[Own.Length..];
        var dot = rest.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? rest : rest[..dot]).ToLowerInvariant();
    }
}
