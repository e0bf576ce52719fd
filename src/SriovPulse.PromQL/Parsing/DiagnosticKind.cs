namespace SriovPulse.PromQL.Parsing;

/// <summary>Sorts of mistakes in an expression.</summary>
public enum DiagnosticKind
{
    /// <summary>It is no PromQL.</summary>
    Syntax,

    /// <summary>An operand or argument is of the wrong type, or a modifier does not apply.</summary>
    Type,

    /// <summary>It uses a feature that Prometheus itself calls experimental.</summary>
    Experimental,

    /// <summary>It needs native histograms, which are not supported.</summary>
    NativeHistogram,
}
