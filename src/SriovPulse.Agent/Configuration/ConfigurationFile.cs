using YamlDotNet.RepresentationModel;

namespace SriovPulse.Agent.Configuration;

/// <summary>
/// Reads the YAML configuration file. Its keys are the settings' names, nested at the dots or written in one: <c>web: {max-connections: 9}</c> and
/// <c>web.max-connections: 9</c> say the same.
/// </summary>
internal sealed class ConfigurationFile
{
    private readonly Dictionary<string, Setting> _settings;
    private readonly HashSet<string> _sections;
    private readonly YamlFile _file;
    private readonly List<ConfigurationError> _errors;
    private readonly HashSet<string> _seen = [];

    public ConfigurationFile(string path, IReadOnlyList<Setting> settings, List<ConfigurationError> errors)
    {
        _settings = settings.ToDictionary(setting => setting.Name);
        _sections = settings.SelectMany(setting => Sections(setting.Name)).ToHashSet();
        _file = new YamlFile(path, errors);
        _errors = errors;
    }

    /// <summary>The options with what the file says.</summary>
    public AgentOptions Apply(AgentOptions options, string text) =>
        _file.Parse(text) is { } root ? Apply(options, root, string.Empty) : options;

    private AgentOptions Apply(AgentOptions options, YamlMappingNode section, string prefix)
    {
        foreach (var (keyNode, value) in section.Children)
        {
            if (_file.Scalar(keyNode, prefix.Length > 0 ? prefix[..^1] : "the file", "a key") is not { } key)
            {
                continue;
            }

            var name = prefix + key;
            if (_settings.TryGetValue(name, out var setting))
            {
                if (!_seen.Add(name))
                {
                    _file.Add(keyNode, $"{name} is said twice: keep one");
                }
                else if (Given(setting, value) is { } given)
                {
                    options = setting.Apply(options, given, _errors);
                }
            }
            else if (!_sections.Contains(name))
            {
                _file.Add(keyNode, $"unknown key {name}{Spelling.Hint(name, _settings.Keys.Concat(_sections))}");
            }
            else if (!YamlFile.IsNothing(value) && _file.Mapping(value, name) is { } nested)
            {
                options = Apply(options, nested, name + ".");
            }
        }

        return options;
    }

    private List<GivenValue>? Given(Setting setting, YamlNode node)
    {
        if (setting.Shape == SettingShape.Map)
        {
            if (node is YamlMappingNode map)
            {
                return [.. map.Children.SelectMany(pair => Entry(setting.Name, pair.Key, pair.Value))];
            }

            _file.Refuse(node, setting.Name, setting.Expected);
            return null;
        }

        IEnumerable<YamlNode> nodes = node is YamlSequenceNode list && setting.Shape == SettingShape.Many ? list.Children : [node];
        var texts = nodes.Select(item => (item, text: _file.Scalar(item, setting.Name, setting.Expected))).ToList();
        return texts.TrueForAll(pair => pair.text is not null)
            ? [.. texts.Select(pair => new GivenValue(null, pair.text!, _file.Place(pair.item)))]
            : null;
    }

    private IEnumerable<GivenValue> Entry(string name, YamlNode keyNode, YamlNode value)
    {
        if (_file.Scalar(keyNode, name, "a key") is { } key && _file.Scalar(value, $"{name}.{key}", "text") is { } text)
        {
            yield return new(key, text, _file.Place(value));
        }
    }

    private static IEnumerable<string> Sections(string name)
    {
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            yield return name[..dot];
        }
    }
}
