using System.Diagnostics.CodeAnalysis;
using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Parsing;
using SriovPulse.PromQL.Typing;

namespace SriovPulse.PromQL;

/// <summary>An expression that is known to be right: parsed and type-checked.</summary>
public sealed class PromQLExpression
{
    private PromQLExpression(string text, Expr root)
    {
        Text = text;
        Root = root;
    }

    /// <summary>The text that it was parsed from; all ranges refer to it.</summary>
    public string Text { get; }

    /// <summary>The top node.</summary>
    public Expr Root { get; }

    /// <summary>What it yields.</summary>
    public ExprType Type => Root.Type;

    /// <summary>Parses and checks a text; when it is wrong, all mistakes that were found are told, in the order of the text.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PromQLExpression? expression, out IReadOnlyList<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bag = new DiagnosticBag(text);
        var parser = new Parser(text, bag);
        var root = parser.Parse();
        new TypeChecker(bag, parser.Placeholders).Check(root);
        diagnostics = bag.InOrder();
        expression = diagnostics.Count == 0 ? new PromQLExpression(text, root) : null;
        return expression is not null;
    }

    /// <summary>Parses and checks a text.</summary>
    /// <exception cref="PromQLSyntaxException">It is wrong; the exception holds all mistakes that were found.</exception>
    public static PromQLExpression Parse(string text) =>
        TryParse(text, out var expression, out var diagnostics) ? expression : throw new PromQLSyntaxException(text, diagnostics);

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
