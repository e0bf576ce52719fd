namespace SriovPulse.Benchmarks;

/// <summary>The command line is wrong; the message says what and how to put it right.</summary>
internal sealed class UsageException(string message) : Exception(message);
