namespace SriovPulse.PromQL.Evaluation;

/// <summary>How serious a remark is.</summary>
public enum AnnotationSeverity
{
    /// <summary>The result may be other than what was meant.</summary>
    Info,

    /// <summary>The result is likely wrong.</summary>
    Warning,
}
