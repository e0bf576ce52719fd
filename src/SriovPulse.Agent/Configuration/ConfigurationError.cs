namespace SriovPulse.Agent.Configuration;

/// <summary>One thing that is wrong with the command line or a file, and the cure.</summary>
/// <param name="Where">Where it was said.</param>
/// <param name="Message">What is wrong with it and what is expected instead.</param>
internal sealed record ConfigurationError(Origin Where, string Message)
{
    public override string ToString() => Where.ToString() is { Length: > 0 } where ? $"{where}: {Message}" : Message;
}
