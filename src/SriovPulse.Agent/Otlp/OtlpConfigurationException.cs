namespace SriovPulse.Agent.Otlp;

/// <summary>An OTLP setting cannot be used. The message names it, what is wrong and the cure.</summary>
internal sealed class OtlpConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
