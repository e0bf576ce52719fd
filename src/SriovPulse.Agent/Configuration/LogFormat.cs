namespace SriovPulse.Agent.Configuration;

/// <summary>Form of a line of the log.</summary>
internal enum LogFormat
{
    /// <summary><c>key=value</c> pairs, as Prometheus and its exporters write them.</summary>
    Logfmt,

    /// <summary>One JSON object per line.</summary>
    Json,
}
