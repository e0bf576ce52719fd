using System.Globalization;
using System.Text.RegularExpressions;
using SriovPulse.Metrics.Scraping.Relabeling;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>Reads relabelling rules and refuses those in which a key has no meaning, as Prometheus does.</summary>
internal static class RelabelRuleReader
{
    private static readonly Dictionary<string, RelabelAction> s_actions =
        Enum.GetValues<RelabelAction>().ToDictionary(static action => action.ToString().ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);

    private static readonly string[] s_nameKeys = ["source_labels", "target_label", "modulus", "separator", "replacement"];
    private static readonly string[] s_equalKeys = ["regex", "modulus", "separator", "replacement"];

    public static IReadOnlyList<RelabelRule> Read(YamlSection section, string key) => [.. section.Sections(key).Select(Read)];

    private static RelabelRule Read(YamlSection section)
    {
        var none = new RelabelRule();
        var action = section.Parse(
            "action",
            $"one of {string.Join(", ", s_actions.Keys)}",
            static name => s_actions.TryGetValue(name, out var known) ? known : (RelabelAction?)null);
        var rule = new RelabelRule
        {
            Action = action ?? RelabelAction.Replace,
            SourceLabels = section.Texts("source_labels"),
            Separator = section.Text("separator") ?? none.Separator,
            TargetLabel = new ReplacementTemplate(section.Text("target_label") ?? string.Empty),
            Regex = ReadRegex(section) ?? none.Regex,
            Modulus = section.Parse(
                "modulus",
                "a whole number",
                static text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (ulong?)null) ?? 0,
            Replacement = section.Text("replacement") is { } replacement ? new ReplacementTemplate(replacement) : none.Replacement,
        };
        Check(section, rule);
        section.Close();
        return rule;
    }

    private static Regex? ReadRegex(YamlSection section)
    {
        if (section.Text("regex") is not { } pattern)
        {
            return null;
        }

        try
        {
            return AnchoredRegex.Create(pattern);
        }
        catch (ArgumentException e)
        {
            section.Refuse("regex", $"regex: \"{pattern}\" is no regular expression of RE2's kind: {e.Message}");
            return null;
        }
    }

    private static void Check(YamlSection section, RelabelRule rule)
    {
        var name = rule.Action.ToString().ToLowerInvariant();
        switch (rule.Action)
        {
            case RelabelAction.HashMod when rule.Modulus == 0:
                section.Refuse("modulus", "hashmod needs a modulus above 0");
                break;
            case RelabelAction.LabelMap when rule.Replacement is { HasReferences: false, Text: var text } && !LabelNames.IsValid(text):
                section.Refuse("replacement", $"labelmap's replacement \"{text}\" gives no label name");
                break;
            case RelabelAction.LabelDrop or RelabelAction.LabelKeep:
                RefuseKeys(section, s_nameKeys, $"{name} looks at label names and uses regex alone");
                break;
            case RelabelAction.KeepEqual or RelabelAction.DropEqual:
                RefuseKeys(section, s_equalKeys, $"{name} uses source_labels and target_label alone");
                break;
        }

        var needsTarget = rule.Action is RelabelAction.Replace or RelabelAction.HashMod or RelabelAction.Lowercase or RelabelAction.Uppercase
            or RelabelAction.KeepEqual or RelabelAction.DropEqual;
        if (needsTarget && rule.TargetLabel.Text.Length == 0)
        {
            section.Refuse("target_label", $"{name} needs a target_label");
        }
        else if (needsTarget && !rule.TargetLabel.HasReferences && !LabelNames.IsValid(rule.TargetLabel.Text))
        {
            section.Refuse("target_label", $"target_label: \"{rule.TargetLabel}\" is no label name (letters, digits and _, no digit first)");
        }
    }

    private static void RefuseKeys(YamlSection section, string[] keys, string reason)
    {
        foreach (var key in keys.Where(section.Has))
        {
            section.Refuse(key, $"{reason}: remove {key}");
        }
    }
}
