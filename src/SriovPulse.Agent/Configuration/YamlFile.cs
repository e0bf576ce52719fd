using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SriovPulse.Agent.Configuration;

/// <summary>A YAML file as nodes that know their place. Its parts that cannot be used are errors with line and column.</summary>
/// <param name="path">Name of the file, for errors.</param>
/// <param name="errors">Where errors go.</param>
internal sealed class YamlFile(string path, List<ConfigurationError> errors)
{
    /// <summary>The file's one mapping; null when it is empty or cannot be used.</summary>
    public YamlMappingNode? Parse(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            errors.Add(new(new(path, e.Start.Line, e.Start.Column), $"not well-formed YAML: {e.Message}"));
            return null;
        }

        if (stream.Documents.Count > 1)
        {
            Add(stream.Documents[1].RootNode, "a second document begins here, and only one is read: remove it");
            return null;
        }

        if (stream.Documents.Count == 0 || IsNothing(stream.Documents[0].RootNode))
        {
            return null;
        }

        return Mapping(stream.Documents[0].RootNode, "the file");
    }

    /// <summary>The node as a mapping; null, with an error, when it is none.</summary>
    public YamlMappingNode? Mapping(YamlNode node, string name)
    {
        if (node is YamlMappingNode mapping)
        {
            return mapping;
        }

        Refuse(node, name, "keys with values");
        return null;
    }

    /// <summary>A key or value as text; null, with an error, when it is not one scalar or is empty.</summary>
    public string? Scalar(YamlNode node, string name, string expected)
    {
        if (node is YamlScalarNode { Value: { } text } && !IsNothing(node))
        {
            return text;
        }

        Refuse(node, name, expected);
        return null;
    }

    /// <summary>Adds the error that a node is not what it should be.</summary>
    public void Refuse(YamlNode node, string name, string expected) => Add(node, $"{name}: expected {expected}, found {Describe(node)}");

    public void Add(YamlNode node, string message) => Add(Place(node), message);

    public void Add(Origin where, string message) => errors.Add(new(where, message));

    public Origin Place(YamlNode node) => new(path, node.Start.Line, node.Start.Column);

    /// <summary>Whether a value was left out: <c>key:</c>, <c>key: ~</c>, <c>key: null</c>.</summary>
    public static bool IsNothing(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any, Value: null or "" or "~" or "null" };

    private static string Describe(YamlNode node) => node switch
    {
        YamlMappingNode => "keys with values",
        YamlSequenceNode => "a list",
        _ when IsNothing(node) => "nothing",
        _ => $"\"{node}\"",
    };
}
