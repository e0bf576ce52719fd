namespace SriovPulse.PromQL.Parsing;

/// <summary>What is wrong with an expression.</summary>
/// <param name="Kind">What sort of mistake it is.</param>
/// <param name="Message">What is wrong and what was expected.</param>
/// <param name="Range">Where in the text.</param>
/// <param name="Line">Line of the range's start, from 1.</param>
/// <param name="Column">Column of the range's start, from 1.</param>
public sealed record Diagnostic(DiagnosticKind Kind, string Message, TextRange Range, int Line, int Column)
{
    /// <summary>As <c>line:column: message</c>.</summary>
    public override string ToString() => $"{Line}:{Column}: {Message}";
}
