namespace SriovPulse.PromQL.Ast;

/// <summary>What is to be known about the operators.</summary>
public static class BinaryOperators
{
    /// <summary>Whether it compares, and so filters unless <c>bool</c> is given.</summary>
    public static bool IsComparison(this BinaryOperator op) => op is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual;

    /// <summary>Whether it is <c>and</c>, <c>or</c> or <c>unless</c>.</summary>
    public static bool IsSetOperator(this BinaryOperator op) => op >= BinaryOperator.And;

    /// <summary>As it is written.</summary>
    public static string Spelled(this BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        BinaryOperator.Power => "^",
        BinaryOperator.Atan2 => "atan2",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.And => "and",
        BinaryOperator.Or => "or",
        _ => "unless",
    };

    /// <summary>How strongly it binds; more is stronger. Only <c>^</c> binds to the right.</summary>
    internal static int Precedence(this BinaryOperator op) => op switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And or BinaryOperator.Unless => 2,
        >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual => 3,
        BinaryOperator.Add or BinaryOperator.Subtract => 4,
        BinaryOperator.Power => 6,
        _ => 5,
    };
}
