namespace SriovPulse.Cli;

/// <summary>The command line asks for something that it cannot have; the user is to change it.</summary>
internal sealed class UsageException(string message) : Exception(message);
