namespace SriovPulse.PromQL.Parsing;

/// <summary>A part of an expression's text.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset behind its last character.</param>
public readonly record struct TextRange(int Start, int End)
{
    /// <summary>From the start of this one to the end of another.</summary>
    public TextRange To(TextRange other) => new(Start, Math.Max(End, other.End));

    /// <summary>The line and column where it starts, both counted from 1.</summary>
    public (int Line, int Column) Locate(string text)
    {
        var (line, column) = (1, 1);
        for (var i = 0; i < Start && i < text.Length; i++)
        {
            (line, column) = text[i] == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return (line, column);
    }
}
