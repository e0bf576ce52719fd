using System.Text.Json;

namespace SriovPulse.Metrics.Querying.Remote.Answers;

/// <summary>The data of <c>labels</c> and <c>label/…/values</c>.</summary>
internal sealed class TextData : AnswerData
{
    public List<string> Texts { get; } = [];

    public override void Take(string? member, ref Utf8JsonReader value) => Texts.Add(AnswerTokens.Text(ref value));
}
