using System.Text.Json;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Querying.Remote.Answers;

/// <summary>The data of <c>series</c>.</summary>
internal sealed class LabelSetData : AnswerData
{
    private readonly List<Label> _scratch = [];

    public List<Labels> Series { get; } = [];

    public override void Take(string? member, ref Utf8JsonReader value) => Series.Add(AnswerTokens.Labels(ref value, _scratch));
}
