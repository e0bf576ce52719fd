namespace SriovPulse.Agent.Configuration;

/// <summary>What a command line asks for.</summary>
internal abstract record Request
{
    private Request()
    {
    }

    /// <summary>To run with these options.</summary>
    internal sealed record Run(AgentOptions Options) : Request;

    /// <summary>To print help.</summary>
    internal sealed record Help(Action<TextWriter> Write) : Request;

    /// <summary>To print the version.</summary>
    internal sealed record Version : Request;
}
