using SriovPulse.Agent.Configuration;
using YamlDotNet.RepresentationModel;

namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>Reads a web configuration file; every key that is not of the format is an error with its place.</summary>
internal sealed class WebConfigurationReader
{
    // exporter-toolkit allows these and no other headers, and these values where it knows them all (web/handler.go, extraHTTPHeaders).
    private static readonly Dictionary<string, string[]> s_headers = new()
    {
        ["Strict-Transport-Security"] = [],
        ["X-Content-Type-Options"] = ["nosniff"],
        ["X-Frame-Options"] = ["deny", "sameorigin"],
        ["X-XSS-Protection"] = [],
        ["Content-Security-Policy"] = [],
    };

    private readonly List<ConfigurationError> _errors = [];
    private readonly YamlFile _file;
    private readonly string _folder;
    private WebConfiguration _result = new();

    private WebConfigurationReader(string path)
    {
        _file = new YamlFile(path, _errors);
        _folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
    }

    /// <summary>Reads <paramref name="text"/>, the content of the file at <paramref name="path"/>; files that it names are beside it unless their paths are absolute.</summary>
    /// <exception cref="ConfigurationException">Something in it cannot be used.</exception>
    public static WebConfiguration Parse(string path, string text)
    {
        var reader = new WebConfigurationReader(path);
        if (reader._file.Parse(text) is { } root)
        {
            reader.ReadKeys(root, string.Empty, new()
            {
                ["tls_server_config"] = (node, name) => reader.Tls(node, name),
                ["http_server_config"] = (node, name) => reader.Http(node, name),
                ["basic_auth_users"] = (node, name) => reader.Users(node, name),
                ["rate_limit"] = (node, name) => reader.Rate(node, name),
            });
        }

        return reader._errors.Count == 0 ? reader._result : throw new ConfigurationException(reader._errors);
    }

    private void Tls(YamlNode node, string section)
    {
        var tls = new TlsSection(_file, _folder);
        if (_file.Mapping(node, section) is { } mapping)
        {
            ReadKeys(mapping, section + ".", tls.Keys);
            if (tls.Complete(node) is { } complete)
            {
                _result = _result with { Tls = complete };
            }
        }
    }

    private void Http(YamlNode node, string section)
    {
        if (_file.Mapping(node, section) is { } mapping)
        {
            ReadKeys(mapping, section + ".", new()
            {
                ["http2"] = (value, name) => _result = _result with { Http2 = Boolean(_file, value, name) },
                ["headers"] = Headers,
            });
        }
    }

    private void Headers(YamlNode section, string sectionName)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (key, name, node, text) in Texts(section, sectionName))
        {
            if (!s_headers.TryGetValue(key, out var allowed))
            {
                _file.Add(node, $"{name}: this header cannot be set here; those that can are {string.Join(", ", s_headers.Keys)}");
            }
            else if (allowed.Length > 0 && !allowed.Contains(text))
            {
                _file.Add(node, $"{name}: expected {string.Join(" or ", allowed)}, found \"{text}\"");
            }
            else
            {
                headers.Add(new(key, text));
            }
        }

        _result = _result with { Headers = headers };
    }

    private void Users(YamlNode section, string sectionName)
    {
        var users = new Dictionary<string, string>();
        foreach (var (user, name, node, hash) in Texts(section, sectionName))
        {
            // The hash is a secret: it is not repeated in the error.
            if (!PasswordHash.IsBcrypt(hash))
            {
                _file.Add(node, $"{name}: expected a bcrypt hash, as `htpasswd -nBC 10 \"\"` makes one, found something else");
            }

            users[user] = hash;
        }

        _result = _result with { Users = users };
    }

    private void Rate(YamlNode node, string section)
    {
        var interval = TimeSpan.Zero;
        var burst = 0;
        var errors = _errors.Count;
        if (_file.Mapping(node, section) is { } mapping)
        {
            ReadKeys(mapping, section + ".", new()
            {
                ["interval"] = (value, name) => interval = Value(value, name, ValueForms.Duration(TimeSpan.Zero, TimeSpan.FromDays(1))),
                ["burst"] = (value, name) => burst = Value(value, name, ValueForms.Whole(0, 1_000_000)),
            });
        }

        if (interval > TimeSpan.Zero && burst == 0 && errors == _errors.Count)
        {
            _file.Add(node, $"{section}: with an interval and no burst no request would ever be served: add burst: 1 or more");
        }

        _result = _result with { RateLimit = interval > TimeSpan.Zero ? new(interval, burst) : null };
    }

    private T? Value<T>(YamlNode node, string name, ValueForm<T> form)
    {
        try
        {
            return _file.Scalar(node, name, form.Expected) is { } text ? form.Parse(text) : default;
        }
        catch (FormatException e)
        {
            _file.Refuse(node, name, form.Expected + (e.Message.Length > 0 ? $" ({e.Message})" : string.Empty));
            return default;
        }
    }

    private IEnumerable<(string Key, string Name, YamlNode Node, string Text)> Texts(YamlNode section, string sectionName)
    {
        if (_file.Mapping(section, sectionName) is not { } mapping)
        {
            yield break;
        }

        foreach (var (keyNode, value) in mapping.Children)
        {
            if (_file.Scalar(keyNode, sectionName, "a key") is { } key && _file.Scalar(value, $"{sectionName}.{key}", "text") is { } text)
            {
                yield return (key, $"{sectionName}.{key}", value, text);
            }
        }
    }

    private void ReadKeys(YamlMappingNode mapping, string prefix, Dictionary<string, Action<YamlNode, string>> keys)
    {
        foreach (var (keyNode, value) in mapping.Children)
        {
            if (_file.Scalar(keyNode, prefix.Length > 0 ? prefix[..^1] : "the file", "a key") is not { } key)
            {
                continue;
            }

            if (!keys.TryGetValue(key, out var read))
            {
                _file.Add(keyNode, $"unknown key {prefix}{key}{Spelling.Hint(key, keys.Keys)}");
            }
            else if (!YamlFile.IsNothing(value))
            {
                read(value, prefix + key);
            }
        }
    }

    internal static bool Boolean(YamlFile file, YamlNode node, string name)
    {
        var text = file.Scalar(node, name, ValueForms.Switch.Expected);
        if (text is not (null or "true" or "false"))
        {
            file.Refuse(node, name, ValueForms.Switch.Expected);
        }

        return text == "true";
    }
}
