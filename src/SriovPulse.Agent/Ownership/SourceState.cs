namespace SriovPulse.Agent.Ownership;

/// <summary>How reading a source of ownership went.</summary>
/// <param name="Source">The source.</param>
/// <param name="Access">Whether it could be read.</param>
/// <param name="Detail">For people: which file or process, and what the system said. Empty when all is well.</param>
public readonly record struct SourceState(OwnershipSource Source, SourceAccess Access, string Detail)
{
    /// <summary>A source that is not there, or that nothing asked for.</summary>
    public static SourceState NotPresent(OwnershipSource source) => new(source, SourceAccess.NotPresent, string.Empty);

    /// <summary>A source that was read in full.</summary>
    public static SourceState Readable(OwnershipSource source) => new(source, SourceAccess.Readable, string.Empty);
}
