using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Ast;

/// <summary>Two expressions and the operator between them.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Left">Left operand.</param>
/// <param name="Right">Right operand.</param>
/// <param name="ReturnsBool">Whether <c>bool</c> makes a comparison yield 0 or 1.</param>
/// <param name="Matching">The matching that is written; null when none is.</param>
/// <param name="OperatorRange">Where the operator stands.</param>
/// <param name="Range">Where the whole stands in the text.</param>
public sealed record BinaryExpr(
    BinaryOperator Operator, Expr Left, Expr Right, bool ReturnsBool, VectorMatching? Matching, TextRange OperatorRange, TextRange Range)
    : Expr(Range, Left.Type == ExprType.Scalar && Right.Type == ExprType.Scalar ? ExprType.Scalar : ExprType.InstantVector);
