#pragma warning disable CA1720 // "string" is PromQL's own word.
namespace SriovPulse.PromQL.Ast;

/// <summary>What an expression yields.</summary>
public enum ExprType
{
    /// <summary>One number.</summary>
    Scalar,

    /// <summary>A text.</summary>
    String,

    /// <summary>For each series one value.</summary>
    InstantVector,

    /// <summary>For each series the values of a range of time.</summary>
    RangeVector,
}
