namespace SriovPulse.Agent.Serving;

/// <summary>An address cannot be listened on; the message names it and the cure. An <see cref="IOException"/>, so that Kestrel lets it through.</summary>
internal sealed class ListenException(string message, Exception inner) : IOException(message, inner);
