using System.Net.Security;
using System.Security.Authentication;
using SriovPulse.Agent.Configuration;
using YamlDotNet.RepresentationModel;

namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>Reads the section <c>tls_server_config</c>.</summary>
internal sealed class TlsSection
{
    private readonly YamlFile _file;
    private readonly string _folder;
    private readonly Dictionary<string, PemSource> _pems = [];
    private readonly List<string> _names = [];
    private ClientAuthentication _clients = ClientAuthentication.NoClientCert;
    private List<TlsCipherSuite>? _suites;
    private SslProtocols _minVersion = SslProtocols.Tls12;
    private SslProtocols _maxVersion = SslProtocols.Tls13;

    public TlsSection(YamlFile file, string folder)
    {
        _file = file;
        _folder = folder;
        Keys = new()
        {
            ["cert_file"] = PemFile,
            ["key_file"] = PemFile,
            ["client_ca_file"] = PemFile,
            ["cert"] = PemText,
            ["key"] = PemText,
            ["client_ca"] = PemText,
            ["client_auth_type"] = Clients,
            ["client_allowed_sans"] = (node, name) => _names.AddRange(Texts(node, name)),
            ["min_version"] = (node, name) => _minVersion = Version(node, name),
            ["max_version"] = (node, name) => _maxVersion = Version(node, name),
            ["cipher_suites"] = Suites,

            // Go has ignored it since 1.17, and so do the exporters built with it.
            ["prefer_server_cipher_suites"] = (node, name) => WebConfigurationReader.Boolean(_file, node, name),
            ["curve_preferences"] = (node, name) => _file.Add(
                node, $"{name}: curves cannot be chosen here, OpenSSL's own configuration does (Groups in openssl.cnf): remove the key"),
        };
    }

    /// <summary>What to do for each key.</summary>
    public Dictionary<string, Action<YamlNode, string>> Keys { get; }

    /// <summary>The section once all keys were read; null when there is none, or, with errors, when it contradicts itself.</summary>
    public TlsConfiguration? Complete(YamlNode section)
    {
        if (_pems.Count == 0 && _clients == ClientAuthentication.NoClientCert)
        {
            return null;
        }

        var certificate = Pem("cert");
        var key = Pem("key");
        var authorities = Pem("client_ca");
        if (certificate is null || key is null)
        {
            _file.Add(section, "tls_server_config: TLS needs a certificate and its key: add cert_file and key_file");
        }

        if (authorities is not null && _clients == ClientAuthentication.NoClientCert)
        {
            _file.Add(section, "tls_server_config: client_ca_file has no effect without a client_auth_type: add client_auth_type: RequireAndVerifyClientCert");
        }

        if (_names.Count > 0 && _clients is not (ClientAuthentication.RequireAnyClientCert or ClientAuthentication.RequireAndVerifyClientCert))
        {
            _file.Add(section, "tls_server_config: client_allowed_sans needs client_auth_type RequireAnyClientCert or RequireAndVerifyClientCert");
        }

        if (_minVersion > _maxVersion)
        {
            _file.Add(section, "tls_server_config: min_version is above max_version");
        }

        return certificate is null || key is null
            ? null
            : new()
            {
                Certificate = certificate,
                Key = key,
                ClientAuthentication = _clients,
                ClientAuthorities = authorities,
                ClientAllowedNames = _names,
                // Two versions are offered, so the least and the greatest are all that are between them.
                Protocols = _minVersion | _maxVersion,
                CipherSuites = _suites,
            };
    }

    private PemSource? Pem(string name)
    {
        var isInFile = _pems.TryGetValue(name + "_file", out var file);
        if (_pems.TryGetValue(name, out var text) && isInFile)
        {
            _file.Add(text.Where, $"tls_server_config: {name} and {name}_file contradict each other: give one");
        }

        return file ?? text;
    }

    private void PemFile(YamlNode node, string name)
    {
        if (_file.Scalar(node, name, "the path of a PEM file") is { } path)
        {
            Remember(node, name, Path.Combine(_folder, path), null);
        }
    }

    private void PemText(YamlNode node, string name)
    {
        if (_file.Scalar(node, name, "a PEM text") is { } text)
        {
            Remember(node, name, null, text);
        }
    }

    private void Remember(YamlNode node, string name, string? path, string? text)
    {
        var key = name[(name.LastIndexOf('.') + 1)..];
        _pems[key] = new(key, path, text, _file.Place(node));
    }

    private void Clients(YamlNode node, string name)
    {
        // RequireClientCert is the toolkit's old spelling.
        var names = Enum.GetNames<ClientAuthentication>();
        var text = _file.Scalar(node, name, $"one of {string.Join(", ", names)}");
        text = text == "RequireClientCert" ? nameof(ClientAuthentication.RequireAnyClientCert) : text;
        if (text is null)
        {
            return;
        }

        if (Array.IndexOf(names, text) is >= 0 and var index)
        {
            _clients = (ClientAuthentication)index;
        }
        else
        {
            _file.Refuse(node, name, $"one of {string.Join(", ", names)}");
        }
    }

    private SslProtocols Version(YamlNode node, string name)
    {
        const string Expected = "TLS12 or TLS13 (older versions are not offered)";
        switch (_file.Scalar(node, name, Expected))
        {
            case "TLS12":
                return SslProtocols.Tls12;
            case "TLS13":
                return SslProtocols.Tls13;
            case not null:
                _file.Refuse(node, name, Expected);
                break;
        }

        return SslProtocols.Tls12;
    }

    private void Suites(YamlNode node, string name)
    {
        _suites = [];
        foreach (var text in Texts(node, name))
        {
            if (CipherSuites.ByName.TryGetValue(text, out var suite))
            {
                _suites.Add(suite);
            }
            else
            {
                _file.Add(node, $"{name}: unknown cipher suite {text}{Spelling.Hint(text, CipherSuites.ByName.Keys)}");
            }
        }
    }

    private IEnumerable<string> Texts(YamlNode node, string name)
    {
        if (node is not YamlSequenceNode list)
        {
            _file.Refuse(node, name, "a list");
            yield break;
        }

        foreach (var item in list.Children)
        {
            if (_file.Scalar(item, name, "text") is { } text)
            {
                yield return text;
            }
        }
    }
}
