namespace SriovPulse.PromQL.Parsing;

/// <summary>A word of the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Range">Where it stands.</param>
/// <param name="Text">The identifier, or the string's meaning.</param>
/// <param name="Number">The number's value, or the duration's in seconds.</param>
internal readonly record struct Token(TokenKind Kind, TextRange Range, string Text = "", double Number = 0)
{
    public bool Is(string keyword) => Kind == TokenKind.Identifier && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
