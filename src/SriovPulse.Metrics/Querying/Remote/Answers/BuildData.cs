using System.Text.Json;

namespace SriovPulse.Metrics.Querying.Remote.Answers;

/// <summary>The data of <c>status/buildinfo</c>.</summary>
internal sealed class BuildData : AnswerData
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public BuildInformation Build() => new(_texts.GetValueOrDefault("version", ""), _texts.GetValueOrDefault("revision", ""), _texts.GetValueOrDefault("application", ""));

    public override void Take(string? member, ref Utf8JsonReader value)
    {
        if (member is not null && value.TokenType == JsonTokenType.String)
        {
            _texts[member] = value.GetString()!;
        }
    }
}
