using Microsoft.Extensions.Logging;

namespace SriovPulse.Agent.Logging;

/// <summary>
/// Tells that something which is left out, instead of failing, cannot be read: once when it begins and once when it ends, however often it is tried.
/// </summary>
/// <param name="what">What is read: <c>link and VFs</c>.</param>
/// <param name="logger">The log.</param>
internal sealed partial class TroubleLog(string what, ILogger logger)
{
    private readonly HashSet<string> _troubled = [];

    /// <summary>Takes in how a reading went.</summary>
    /// <param name="subject">Of what it was: a PF's label.</param>
    /// <param name="trouble">What went wrong; null when nothing did.</param>
    public void Observe(string subject, Exception? trouble)
    {
        lock (_troubled)
        {
            if (trouble is null)
            {
                if (_troubled.Count > 0 && _troubled.Remove(subject))
                {
                    Recovered(logger, what, subject);
                }
            }
            else if (_troubled.Add(subject))
            {
                CannotRead(logger, what, subject, trouble.Message);
            }
        }
    }

    [LoggerMessage(150, LogLevel.Warning, "{What} of {Subject} cannot be read and will be absent: {Reason}")]
    private static partial void CannotRead(ILogger logger, string what, string subject, string reason);

    [LoggerMessage(151, LogLevel.Information, "{What} of {Subject} can be read again")]
    private static partial void Recovered(ILogger logger, string what, string subject);
}
