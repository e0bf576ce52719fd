using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>A remark that Prometheus makes on a result.</summary>
/// <param name="Severity">How serious it is.</param>
/// <param name="Message">The remark.</param>
/// <param name="Range">The part of the expression that it is about.</param>
/// <param name="Line">Line of the range's start, from 1.</param>
/// <param name="Column">Column of the range's start, from 1.</param>
public sealed record Annotation(AnnotationSeverity Severity, string Message, TextRange Range, int Line, int Column)
{
    /// <summary>As Prometheus' API renders it.</summary>
    public override string ToString() => $"PromQL {(Severity == AnnotationSeverity.Warning ? "warning" : "info")}: {Message} ({Line}:{Column})";
}
