using Microsoft.Extensions.Logging;
using SriovPulse.Agent.Tests.Ownership;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>A log that keeps its lines, whoever writes them.</summary>
internal sealed class RecordingLogging : ILoggerFactory
{
    private readonly RecordingLogger<RecordingLogging> _logger = new();

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Lines => _logger.Lines;

    public ILogger CreateLogger(string categoryName) => _logger;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
