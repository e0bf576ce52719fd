using System.Globalization;
using System.Text;
using SriovPulse.PromQL.Ast;
using SriovPulse.PromQL.Explaining;

namespace SriovPulse.Cli.Query;

/// <summary>An explanation as an indented tree.</summary>
internal static class ExplainText
{
    private const int LongestText = 100;

    public static string Format(Explanation explanation)
    {
        var text = new StringBuilder();
        Append(text, explanation.Root, string.Empty);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ExplainNode node, string indent)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}{OneLine(node.Text)}\n{indent}  = {Yield(node)}\n");
        foreach (var labels in node.LabelSets)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}    {labels}\n");
        }

        if (node.LabelSets.Count > 0 && node.Count > node.LabelSets.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}    and {node.Count - node.LabelSets.Count} more\n");
        }

        foreach (var child in node.Children)
        {
            Append(text, child, indent + "    ");
        }
    }

    private static string Yield(ExplainNode node)
    {
        var type = node.Type switch
        {
            ExprType.Scalar => "scalar",
            ExprType.String => "string",
            ExprType.InstantVector => "instant vector",
            _ => "range vector",
        };
        return node switch
        {
            { Count: null } => $"{type}, not evaluated",
            { Value: { } value } => $"{type} {value}",
            { Type: ExprType.RangeVector } => string.Create(CultureInfo.InvariantCulture, $"{type}, {node.Count} series, {node.Samples} samples"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{type}, {node.Count} series"),
        };
    }

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : $"{line[..(LongestText - 1)]}…";
    }
}
