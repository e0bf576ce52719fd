using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SriovPulse.Metrics.Ingest;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Scraping.Relabeling;

/// <summary>Relabelling as Prometheus does it (model/relabel). Pure: the outcome depends on rules and labels alone.</summary>
public static class Relabeling
{
    /// <summary>Changes labels by rules, in their order; false when they are to be dropped.</summary>
    public static bool Apply(IReadOnlyList<RelabelRule> rules, LabelList labels)
    {
        // By index: as an enumerator this would allocate for every series.
        for (var i = 0; i < rules.Count; i++)
        {
            if (!Apply(rules[i], labels))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Apply(RelabelRule rule, LabelList labels)
    {
        var source = Source(rule, labels);
        var target = rule.TargetLabel.Text;
        switch (rule.Action)
        {
            case RelabelAction.Keep:
                return rule.Regex.IsMatch(source);
            case RelabelAction.Drop:
                return !rule.Regex.IsMatch(source);
            case RelabelAction.KeepEqual:
                return labels.Get(target) == source;
            case RelabelAction.DropEqual:
                return labels.Get(target) != source;
            case RelabelAction.Replace:
                Replace(rule, source, labels);
                break;
            case RelabelAction.HashMod:
                labels.Set(target, (Hash(source) % rule.Modulus).ToString(CultureInfo.InvariantCulture));
                break;
            case RelabelAction.Lowercase:
                labels.Set(target, LowerCase(source));
                break;
            case RelabelAction.Uppercase:
                labels.Set(target, source.ToUpperInvariant());
                break;
            case RelabelAction.LabelMap:
                Map(rule, labels);
                break;
            case RelabelAction.LabelDrop:
                labels.RemoveAll(label => rule.Regex.IsMatch(label.Name));
                break;
            case RelabelAction.LabelKeep:
                labels.RemoveAll(label => !rule.Regex.IsMatch(label.Name));
                break;
        }

        return true;
    }

    private static string Source(RelabelRule rule, LabelList labels) => rule.SourceLabels switch
    {
        [] => string.Empty,
        [var only] => labels.Get(only),
        var several => string.Join(rule.Separator, several.Select(labels.Get)),
    };

    private static void Replace(RelabelRule rule, string source, LabelList labels)
    {
        var match = rule.Regex.Match(source);
        if (match.Success && rule.TargetLabel.Expand(match) is { Length: > 0 } target)
        {
            labels.Set(target, rule.Replacement.Expand(match));
        }
    }

    private static void Map(RelabelRule rule, LabelList labels)
    {
        // What is set on the way does not take part: the walk is over the labels as they were.
        var before = new Label[labels.Count];
        for (var i = 0; i < before.Length; i++)
        {
            before[i] = labels[i];
        }

        foreach (var label in before)
        {
            var match = rule.Regex.Match(label.Name);
            if (match.Success && rule.Replacement.Expand(match) is { Length: > 0 } name)
            {
                labels.Set(name, label.Value);
            }
        }
    }

    [SuppressMessage("Security", "CA5351", Justification = "Shards must fall as in Prometheus; nothing is kept secret by it.")]
    private static ulong Hash(string text)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "Lower case is what was asked for.")]
    private static string LowerCase(string text) => text.ToLowerInvariant();
}
