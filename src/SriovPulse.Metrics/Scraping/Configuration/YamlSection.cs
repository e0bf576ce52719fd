using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>
/// The keys of one YAML mapping. Each is asked for by name, and <see cref="Close"/> refuses those that nobody asked for, so the code that reads a
/// section is also the list of its keys.
/// </summary>
internal sealed class YamlSection
{
    private readonly YamlText _text;
    private readonly YamlMappingNode _node;
    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _given = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private YamlSection(YamlText text, YamlMappingNode node, string name)
    {
        _text = text;
        _node = node;
        Name = name;
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } keyText })
            {
                _given.TryAdd(keyText, (key, value));
            }
            else
            {
                text.Refuse(key, name, "a key");
            }
        }
    }

    /// <summary>What the section is called in messages.</summary>
    public string Name { get; }

    /// <summary>Equal for sections that say the same.</summary>
    public string Fingerprint => _node.ToString();

    /// <summary>A node as a section; null, with a problem, when it is none.</summary>
    public static YamlSection? Of(YamlText text, YamlNode node, string name)
    {
        if (node is YamlMappingNode mapping)
        {
            return new YamlSection(text, mapping, name);
        }

        text.Refuse(node, name, "keys with values");
        return null;
    }

    /// <summary>Whether a key is there with a value.</summary>
    public bool Has(string key) => Value(key) is not null;

    public string? Text(string key) => Value(key) is { } node ? Scalar(node, key, "text") : null;

    public bool Flag(string key, bool otherwise) =>
        Parse(key, "true or false", static text => text switch { "true" => true, "false" => false, _ => (bool?)null }) ?? otherwise;

    public TimeSpan? Duration(string key) => Parse(
        key,
        PrometheusDuration.Expected + ", more than 0",
        static text => PrometheusDuration.TryParse(text, out var duration) && duration > TimeSpan.Zero ? duration : (TimeSpan?)null);

    public long? Size(string key) => Parse(key, ByteSize.Expected, static text => ByteSize.TryParse(text, out var bytes) ? bytes : (long?)null);

    public int? Count(string key) => Parse(
        key, "a whole number, 0 or more", static text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null);

    /// <summary>A value read by a function that gives null for what it cannot read.</summary>
    public T? Parse<T>(string key, string expected, Func<string, T?> parse)
        where T : struct
    {
        if (Value(key) is not { } node || Scalar(node, key, expected) is not { } text)
        {
            return null;
        }

        if (parse(text) is { } value)
        {
            return value;
        }

        _text.Refuse(node, key, expected);
        return null;
    }

    public YamlSection? Section(string key) => Value(key) is { } node ? Of(_text, node, key) : null;

    public IEnumerable<YamlSection> Sections(string key) => Items(key).Select(item => Of(_text, item, $"an entry of {key}")).OfType<YamlSection>();

    public List<string> Texts(string key) => [.. Items(key).Select(item => Scalar(item, $"an entry of {key}", "text")).OfType<string>()];

    /// <summary>A mapping with keys of the user's own choice.</summary>
    public IEnumerable<(string Key, YamlNode Value)> Entries(string key)
    {
        if (Value(key) is not { } node || Of(_text, node, key) is not { } section)
        {
            return [];
        }

        return section._given.Select(static pair => (pair.Key, pair.Value.Value));
    }

    public string? Scalar(YamlNode node, string name, string expected)
    {
        if (node is YamlScalarNode { Value: { } text })
        {
            return text;
        }

        _text.Refuse(node, name, expected);
        return null;
    }

    public IReadOnlyList<YamlNode> Items(YamlNode node, string name)
    {
        if (node is YamlSequenceNode list)
        {
            return [.. list.Children];
        }

        _text.Refuse(node, name, "a list");
        return [];
    }

    /// <summary>A problem with a key's value; with the section when the key is not there.</summary>
    public void Refuse(string key, string message) => _text.Refuse(_given.TryGetValue(key, out var given) ? given.Value : _node, message);

    /// <summary>Refuses the keys that nobody asked for.</summary>
    public void Close()
    {
        foreach (var (key, (node, _)) in _given)
        {
            if (!_asked.Contains(key))
            {
                _text.Refuse(node, Unknown(key));
            }
        }
    }

    private string Unknown(string key)
    {
        if (key.EndsWith("_sd_configs", StringComparison.Ordinal) && Nearest.To(key, _asked, mostEdits: 1) is null)
        {
            return $"{key} is not supported: have targets written to a file and name it in file_sd_configs";
        }

        var hint = Nearest.To(key, _asked, mostEdits: Math.Max(1, key.Length / 3)) is { } nearest ? $"did you mean {nearest}?" : $"known are {string.Join(", ", _asked.Order(StringComparer.Ordinal))}";
        return $"{Name} has no key {key}: {hint}";
    }

    private IReadOnlyList<YamlNode> Items(string key) => Value(key) is { } node ? Items(node, key) : [];

    private YamlNode? Value(string key)
    {
        _asked.Add(key);
        return _given.TryGetValue(key, out var given) && !YamlText.IsNothing(given.Value) ? given.Value : null;
    }
}
