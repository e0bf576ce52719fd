namespace SriovPulse.PromQL.Tests.PromqlTest;

/// <summary>The data holds what this engine refuses by design.</summary>
public sealed class OutOfScopeException(string reason) : Exception(reason);
