using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>A YAML text as nodes that know their place, and the list of what is wrong with it.</summary>
internal sealed class YamlText(string file, List<ConfigurationProblem> problems)
{
    public string File => file;

    /// <summary>The text's one document; null when it is empty or, with a problem, when it is no YAML.</summary>
    public YamlNode? Load(string text)
    {
        var stream = new YamlStream();
        var parser = new Parser(new StringReader(text));
        try
        {
            stream.Load(parser);
        }
        catch (YamlException e)
        {
            problems.Add(new(file, e.Start.Line, e.Start.Column, $"not well-formed YAML: {e.Message}"));
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The parser does not say all that is wrong by its own exception; it stands near the place.
            var place = parser.Current?.End ?? Mark.Empty;
            problems.Add(new(file, Math.Max(place.Line, 1), Math.Max(place.Column, 1), $"not well-formed YAML behind this place: {e.Message}"));
            return null;
        }

        if (stream.Documents.Count > 1)
        {
            Refuse(stream.Documents[1].RootNode, "a second document begins here, and only one is read: remove it");
        }

        return stream.Documents is [{ RootNode: var root }, ..] && !IsNothing(root) ? root : null;
    }

    public void Refuse(YamlNode node, string message) => problems.Add(new(file, node.Start.Line, node.Start.Column, message));

    public void Refuse(YamlNode node, string name, string expected) => Refuse(node, $"{name}: expected {expected}, found {Describe(node)}");

    public static bool IsNothing(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any, Value: null or "" or "~" or "null" };

    private static string Describe(YamlNode node) => node switch
    {
        YamlMappingNode => "keys with values",
        YamlSequenceNode list => string.Create(CultureInfo.InvariantCulture, $"a list of {list.Children.Count}"),
        _ when IsNothing(node) => "nothing",
        _ => $"\"{node}\"",
    };
}
