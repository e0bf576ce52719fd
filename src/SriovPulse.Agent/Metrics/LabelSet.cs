using System.Text;

namespace SriovPulse.Agent.Metrics;

/// <summary>
/// The labels of a series, made once when its subject appears and shared by all its samples, with their exposition text already escaped.
/// A label with an empty value is left out: in Prometheus the two mean the same.
/// </summary>
public sealed class LabelSet
{
    private LabelSet(KeyValuePair<string, string>[] pairs, byte[] exposition)
    {
        Pairs = pairs;
        Exposition = exposition;
    }

    /// <summary>No labels.</summary>
    public static LabelSet Empty { get; } = new([], []);

    /// <summary>The labels in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs { get; }

    /// <summary>UTF-8 text <c>{name="value",…}</c>; empty when there are no labels. The same in the Prometheus and OpenMetrics formats.</summary>
    public ReadOnlyMemory<byte> Exposition { get; }

    /// <summary>Makes a label set; pairs with an empty value are dropped.</summary>
    public static LabelSet Create(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var pairs = new List<KeyValuePair<string, string>>(labels.Length);
        var text = new StringBuilder("{");
        foreach (var (name, value) in labels)
        {
            if (string.IsNullOrEmpty(value))
            {
                continue;
            }

            if (pairs.Count > 0)
            {
                text.Append(',');
            }

            pairs.Add(new(name, value));
            text.Append(name).Append("=\"");
            foreach (var c in value)
            {
                _ = c switch
                {
                    '\\' => text.Append("\\\\"),
                    '"' => text.Append("\\\""),
                    '\n' => text.Append("\\n"),
                    _ => text.Append(c),
                };
            }

            text.Append('"');
        }

        return pairs.Count == 0 ? Empty : new LabelSet([.. pairs], Encoding.UTF8.GetBytes(text.Append('}').ToString()));
    }

    /// <summary>The exposition text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Exposition.Span);
}
