namespace SriovPulse.PromQL.Parsing;

/// <summary>An expression's text is wrong: its author is to mend it.</summary>
public sealed class PromQLSyntaxException(string text, IReadOnlyList<Diagnostic> diagnostics)
    : Exception(string.Join("; ", diagnostics))
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>All mistakes that were found, in the order of the text.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
