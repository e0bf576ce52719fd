using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Ast;

/// <summary>
/// A node of an expression's tree. Closed: <see cref="NumberLiteral"/>, <see cref="StringLiteral"/>, <see cref="VectorSelector"/>,
/// <see cref="RangeSelector"/>, <see cref="Subquery"/>, <see cref="Parenthesized"/>, <see cref="UnaryExpr"/>, <see cref="BinaryExpr"/>,
/// <see cref="FunctionCall"/>, <see cref="Aggregation"/>.
/// </summary>
public abstract record Expr
{
    private protected Expr(TextRange range, ExprType type)
    {
        Range = range;
        Type = type;
    }

    /// <summary>Where it stands in the text.</summary>
    public TextRange Range { get; init; }

    /// <summary>What it yields.</summary>
    public ExprType Type { get; }

    /// <summary>The node inside any parentheses.</summary>
    public Expr Unwrapped
    {
        get
        {
            var inner = this;
            while (inner is Parenthesized parenthesized)
            {
                inner = parenthesized.Inner;
            }

            return inner;
        }
    }

    /// <summary>The nodes right below this one, in the order of the text.</summary>
    public IReadOnlyList<Expr> Children => this switch
    {
        NumberLiteral or StringLiteral or VectorSelector => [],
        RangeSelector range => [range.Selector],
        Subquery subquery => [subquery.Inner],
        Parenthesized parenthesized => [parenthesized.Inner],
        UnaryExpr unary => [unary.Operand],
        BinaryExpr binary => [binary.Left, binary.Right],
        FunctionCall call => call.Arguments,
        Aggregation { Parameter: { } parameter } aggregation => [parameter, aggregation.Operand],
        Aggregation aggregation => [aggregation.Operand],
        _ => throw new UnknownExprException(this),
    };
}
