using System.Text.RegularExpressions;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Scraping.Relabeling;

/// <summary>One entry of <c>relabel_configs</c> or <c>metric_relabel_configs</c>, under Prometheus' own names.</summary>
public sealed record RelabelRule
{
    private static readonly Regex s_anything = AnchoredRegex.Create("(.*)");

    /// <summary>What it does.</summary>
    public RelabelAction Action { get; init; } = RelabelAction.Replace;

    /// <summary>The labels whose values, joined, are the source.</summary>
    public IReadOnlyList<string> SourceLabels { get; init; } = [];

    /// <summary>What joins them.</summary>
    public string Separator { get; init; } = ";";

    /// <summary>The label that is set or compared; for <see cref="RelabelAction.Replace"/> a template.</summary>
    public ReplacementTemplate TargetLabel { get; init; } = new(string.Empty);

    /// <summary>What the whole source, or a label's whole name, must match.</summary>
    public Regex Regex { get; init; } = s_anything;

    /// <summary>Of <see cref="RelabelAction.HashMod"/>: the divisor.</summary>
    public ulong Modulus { get; init; }

    /// <summary>What a match becomes.</summary>
    public ReplacementTemplate Replacement { get; init; } = new("$1");
}
