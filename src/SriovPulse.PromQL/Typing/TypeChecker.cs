using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Functions;
using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Typing;

/// <summary>Checks that operands and arguments are of the types that their users take. Goes on after a mistake, to tell all.</summary>
/// <param name="bag">Where mistakes go.</param>
/// <param name="placeholders">Nodes that stand for something unreadable: nothing is known of their type.</param>
internal sealed class TypeChecker(DiagnosticBag bag, IReadOnlySet<Expr> placeholders)
{
    public void Check(Expr expr)
    {
        switch (expr)
        {
            case NumberLiteral or StringLiteral or VectorSelector or RangeSelector or Parenthesized:
                break;
            case Subquery subquery:
                Expect(subquery.Inner, ExprType.InstantVector, "in subquery");
                break;
            case UnaryExpr unary:
                if (unary.Type is not (ExprType.Scalar or ExprType.InstantVector) && !placeholders.Contains(unary.Operand))
                {
                    bag.Type(unary.Range, $"unary expression only allowed on expressions of type scalar or instant vector, got {unary.Type.Spelled()}");
                }

                break;
            case BinaryExpr binary:
                CheckBinary(binary);
                break;
            case FunctionCall call:
                CheckCall(call);
                break;
            case Aggregation aggregation:
                Expect(aggregation.Operand, ExprType.InstantVector, "in aggregation expression");
                if (aggregation is { Parameter: { } parameter, Operator: var op })
                {
                    Expect(parameter, op.ParameterType()!.Value, "in aggregation parameter");
                }

                break;
            default:
                throw new UnknownExprException(expr);
        }

        foreach (var child in expr.Children)
        {
            Check(child);
        }
    }

    private void CheckBinary(BinaryExpr binary)
    {
        CheckOperand(binary.Left);
        CheckOperand(binary.Right);
        if (placeholders.Contains(binary.Left) || placeholders.Contains(binary.Right))
        {
            return;
        }

        var (left, right) = (binary.Left.Type, binary.Right.Type);
        if (binary.Operator.IsComparison() && !binary.ReturnsBool && left == ExprType.Scalar && right == ExprType.Scalar)
        {
            bag.Type(binary.OperatorRange, "comparisons between scalars must use BOOL modifier");
        }

        if (left != ExprType.Scalar && right != ExprType.Scalar)
        {
            return;
        }

        if (binary.Operator.IsSetOperator())
        {
            bag.Type(binary.OperatorRange, $"set operator \"{binary.Operator.Spelled()}\" not allowed in binary scalar expression");
        }

        if (binary.Matching is not null)
        {
            bag.Type(binary.OperatorRange, "vector matching only allowed between instant vectors");
        }
    }

    private void CheckOperand(Expr operand)
    {
        if (operand.Type is not (ExprType.Scalar or ExprType.InstantVector) && !placeholders.Contains(operand))
        {
            bag.Type(operand.Range, $"binary expression must contain only scalar and instant vector types, got {operand.Type.Spelled()}");
        }
    }

    private void CheckCall(FunctionCall call)
    {
        var function = call.Function;
        if (function.Status != FunctionStatus.Stable)
        {
            return;
        }

        var count = call.Arguments.Count;
        if (count < function.MinArguments || count > function.MaxArguments)
        {
            var wanted = function.MaxArguments == function.MinArguments ? $"{function.MinArguments}"
                : function.MaxArguments is { } most ? $"{function.MinArguments} to {most}" : $"at least {function.MinArguments}";
            bag.Type(call.Range, $"expected {wanted} argument(s) in call to \"{function.Name}\", got {count}");
        }

        for (var i = 0; i < count && function.Parameters.Count > 0; i++)
        {
            Expect(call.Arguments[i], function.Parameters[Math.Min(i, function.Parameters.Count - 1)], $"in call to function \"{function.Name}\"");
        }
    }

    private void Expect(Expr expr, ExprType type, string where)
    {
        if (expr.Type != type && !placeholders.Contains(expr))
        {
            bag.Type(expr.Range, $"expected type {type.Spelled()} {where}, got {expr.Type.Spelled()}");
        }
    }
}
