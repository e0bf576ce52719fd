using System.Text.Json;
using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Store;

namespace SriovPulse.Metrics.Querying.Remote.Answers;

/// <summary>The data of <c>metadata</c>: for each family a list of what is said about it.</summary>
internal sealed class MetadataData : AnswerData
{
    public List<MetricMetadata> Families { get; } = [];

    public override bool IsStreamed(string? member) => false;

    public override void Take(string? member, ref Utf8JsonReader value)
    {
        AnswerTokens.Expect(ref value, JsonTokenType.StartArray, "an array");
        while (value.Read() && value.TokenType != JsonTokenType.EndArray)
        {
            AnswerTokens.Expect(ref value, JsonTokenType.StartObject, "an object");
            var (kind, help, unit) = (MetricKind.Unknown, string.Empty, string.Empty);
            while (value.Read() && value.TokenType == JsonTokenType.PropertyName)
            {
                var name = value.GetString();
                value.Read();
                switch (name)
                {
                    case "type":
                        kind = MetricKindNames.Parse(AnswerTokens.Text(ref value));
                        break;
                    case "help":
                        help = AnswerTokens.Text(ref value);
                        break;
                    case "unit":
                        unit = AnswerTokens.Text(ref value);
                        break;
                    default:
                        value.Skip();
                        break;
                }
            }

            Families.Add(new MetricMetadata(member ?? string.Empty, kind, help, unit));
        }
    }
}
