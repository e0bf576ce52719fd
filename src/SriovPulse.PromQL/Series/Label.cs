namespace SriovPulse.PromQL.Series;

/// <summary>One label of a series.</summary>
/// <param name="Name">Its name; the metric's name is the label <c>__name__</c>.</param>
/// <param name="Value">Its value, never empty in a <see cref="Labels"/>: a label with an empty value is a label that is not there.</param>
public readonly record struct Label(string Name, string Value);
