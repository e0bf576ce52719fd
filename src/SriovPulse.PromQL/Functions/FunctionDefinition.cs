using SriovPulse.PromQL.Ast;

namespace SriovPulse.PromQL.Functions;

/// <summary>A function of the language: one row of <see cref="FunctionTable"/>.</summary>
public sealed class FunctionDefinition
{
    internal FunctionDefinition(string name, ExprType returnType, ExprType[] parameters, FunctionStatus status = FunctionStatus.Stable)
    {
        Name = name;
        ReturnType = returnType;
        Parameters = parameters;
        Status = status;
        MinArguments = parameters.Length;
        MaxArguments = parameters.Length;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it yields.</summary>
    public ExprType ReturnType { get; }

    /// <summary>The types of its parameters; further arguments are of the last one's type.</summary>
    public IReadOnlyList<ExprType> Parameters { get; }

    /// <summary>How many arguments it needs.</summary>
    public int MinArguments { get; internal init; }

    /// <summary>How many it takes at most; null when there is no limit.</summary>
    public int? MaxArguments { get; internal init; }

    /// <summary>Whether it can be called.</summary>
    public FunctionStatus Status { get; }

    /// <summary>Whether its result depends on the time of evaluation even when all selectors are pinned by <c>@</c>.</summary>
    internal bool DependsOnTime { get; init; }

    /// <summary>Whether series keep their metric's name.</summary>
    internal bool KeepsName { get; init; }

    /// <summary>For each value one, independent of all else.</summary>
    internal Func<double, double>? PerValue { get; init; }

    /// <summary>For each window of a series one value.</summary>
    internal WindowFunction? PerWindow { get; init; }

    /// <summary>Anything else.</summary>
    internal CallFunction? PerCall { get; init; }
}
