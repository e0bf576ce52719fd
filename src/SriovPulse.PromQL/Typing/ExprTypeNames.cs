using SriovPulse.PromQL.Ast;

namespace SriovPulse.PromQL.Typing;

/// <summary>How messages call the types.</summary>
internal static class ExprTypeNames
{
    public static string Spelled(this ExprType type) => type switch
    {
        ExprType.Scalar => "scalar",
        ExprType.String => "string",
        ExprType.InstantVector => "instant vector",
        _ => "range vector",
    };
}
