using Microsoft.Extensions.Logging;

namespace SriovPulse.Agent.Tests.Otlp;

/// <summary>Remembers what was logged at a level that people see.</summary>
internal sealed class LogRecorder<T> : ILogger<T>
{
    private readonly List<string> _lines = [];

    /// <summary>Makes the next warning fail, as a log that cannot be written might.</summary>
    public bool FailOnce { get; set; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (FailOnce && logLevel == LogLevel.Warning)
        {
            FailOnce = false;
            throw new IOException("the log is full");
        }

        if (IsEnabled(logLevel))
        {
            lock (_lines)
            {
                _lines.Add($"{logLevel}: {formatter(state, exception)}");
            }
        }
    }
}
