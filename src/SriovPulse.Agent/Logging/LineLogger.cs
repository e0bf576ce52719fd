using Microsoft.Extensions.Logging;

namespace SriovPulse.Agent.Logging;

/// <summary>Logger of one component.</summary>
internal sealed class LineLogger(LineLoggerProvider provider, string component) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            provider.Write(new(logLevel, component, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>>, exception));
        }
    }
}
