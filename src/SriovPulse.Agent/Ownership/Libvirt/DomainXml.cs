using System.Globalization;
using System.Xml;
using SriovPulse.Core;

namespace SriovPulse.Agent.Ownership.Libvirt;

/// <summary>
/// Reads a libvirt domain: a status file (<c>domstatus</c> around <c>domain</c>) or the live domain XML. Source: libvirt's formatdomain
/// documentation and src/conf/domain_conf.c. In both a network of type <c>hostdev</c> shows the VF that was taken from its pool: the live XML
/// as <c>interface type='hostdev'</c>, the status file under <c>actual</c>. An inactive definition would show neither, and so claims nothing.
/// </summary>
public sealed class DomainXml
{
    /// <summary>More text than this is no domain; real ones reach some hundred kB.</summary>
    public const int MaxCharacters = 8 * 1024 * 1024;

    private readonly string _file;
    private readonly XmlReader _reader;
    private readonly IReadOnlyDictionary<string, string> _orchestrators;
    private readonly List<PciAddress> _addresses = [];
    private readonly List<string> _netdevs = [];
    private readonly DomainLabels _labels = new();
    private string? _name;
    private string? _uuid;
    private string? _namespaceMark;
    private string? _smbiosMark;
    private ulong? _memory;
    private int? _vcpus;
    private int _pid;

    private DomainXml(string file, XmlReader reader, IReadOnlyDictionary<string, string> orchestrators)
    {
        _file = file;
        _reader = reader;
        _orchestrators = orchestrators;
    }

    /// <summary>Reads a domain; does no I/O of its own.</summary>
    /// <param name="text">The XML.</param>
    /// <param name="file">Its file, for errors.</param>
    /// <param name="orchestrators">Further metadata namespaces and what to call who uses them, beside those of <see cref="Orchestrator"/>.</param>
    /// <exception cref="DomainXmlException">It is no domain.</exception>
    public static LibvirtDomain Parse(TextReader text, string file, IReadOnlyDictionary<string, string>? orchestrators = null)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            IgnoreComments = true,
            IgnoreWhitespace = true,
            IgnoreProcessingInstructions = true,
        };
        using var reader = XmlReader.Create(text, settings);
        try
        {
            return new DomainXml(file, reader, orchestrators ?? new Dictionary<string, string>()).Read();
        }
        catch (XmlException error)
        {
            // A refused DTD comes without a position; it stands at the start.
            var (line, column) = error.LineNumber > 0 ? (error.LineNumber, error.LinePosition) : (1, 1);
            throw new DomainXmlException(file, line, column, $"no XML as libvirt writes it: {error.Message}", error);
        }
    }

    private LibvirtDomain Read()
    {
        _reader.MoveToContent();
        if (_reader.LocalName == "domstatus")
        {
            _pid = int.TryParse(_reader.GetAttribute("pid"), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0;
            if (!MoveToChild("domain"))
            {
                throw Error("<domstatus> holds no <domain>; is it one of libvirt's files?");
            }
        }
        else if (_reader.LocalName != "domain")
        {
            throw Error($"expected <domstatus> or <domain>, found <{_reader.Name}>; is it one of libvirt's files?");
        }

        foreach (var element in Children())
        {
            ReadDomainChild(element);
        }

        // To its end, because a file that is cut off behind the domain is no whole one.
        while (_reader.Read())
        {
        }

        var workload = new Workload
        {
            Kind = WorkloadKind.VirtualMachine,
            Name = _name ?? throw Error("the domain has no <name>"),
            Uuid = _uuid ?? throw Error($"domain \"{_name}\" has no <uuid>"),
            ManagedBy = _namespaceMark ?? _smbiosMark ?? Orchestrator.None,
            MemoryBytes = _memory,
            Vcpus = _vcpus,
            Labels = _labels.ToArray(),
        };
        return new LibvirtDomain(KubeVirtName.Apply(workload), _pid, _addresses, _netdevs);
    }

    private void ReadDomainChild(string element)
    {
        switch (element)
        {
            case "name":
                _name = _reader.ReadText();
                break;
            case "uuid":
                var text = _reader.ReadText();
                _uuid = Guid.TryParse(text, out var uuid) ? uuid.ToString("D") : throw Error($"<uuid> holds \"{text}\", which is no UUID");
                break;
            case "memory":
                var unit = _reader.GetAttribute("unit");
                var size = _reader.ReadText();
                _memory = MemorySize.TryParse(size, unit, out var bytes) ? bytes : throw Error($"<memory unit='{unit}'> holds \"{size}\", which is no size");
                break;
            case "vcpu":
                var current = _reader.GetAttribute("current");
                var most = _reader.ReadText();
                _vcpus = int.TryParse(current ?? most, NumberStyles.None, CultureInfo.InvariantCulture, out var vcpus)
                    ? vcpus
                    : throw Error($"<vcpu> holds \"{current ?? most}\", which is no number");
                break;
            case "metadata":
                ReadMetadata();
                break;
            case "sysinfo":
                ReadSysinfo();
                break;
            case "devices":
                ReadDevices();
                break;
        }
    }

    private void ReadMetadata()
    {
        foreach (var _ in Children())
        {
            var uri = _reader.NamespaceURI;
            var known = Orchestrator.OfNamespace(uri);
            if (known is null && _orchestrators.TryGetValue(uri, out var configured))
            {
                known = configured;
            }

            _namespaceMark ??= known;
            if (known == Orchestrator.OpenStack)
            {
                _labels.ReadNova(_reader);
            }
            else if (uri == DomainLabels.Namespace)
            {
                _labels.ReadOwn(_reader);
            }
        }
    }

    private void ReadSysinfo()
    {
        foreach (var section in Children())
        {
            if (section != "system")
            {
                continue;
            }

            foreach (var entry in Children())
            {
                if (entry == "entry" && _reader.GetAttribute("name") is "manufacturer" or "product" or "family")
                {
                    _smbiosMark ??= Orchestrator.OfSmbios(_reader.ReadText());
                }
            }
        }
    }

    private void ReadDevices()
    {
        foreach (var device in Children())
        {
            if (device is "interface" or "hostdev")
            {
                ReadDevice(_reader.GetAttribute("type"));
            }
        }
    }

    /// <summary>Reads the content of <c>interface</c>, <c>hostdev</c> or <c>actual</c>.</summary>
    private void ReadDevice(string? type)
    {
        foreach (var element in Children())
        {
            if (element == "actual")
            {
                ReadDevice(_reader.GetAttribute("type"));
            }
            else if (element == "source" && type == "direct" && _reader.GetAttribute("mode") == "passthrough")
            {
                if (_reader.GetAttribute("dev") is { Length: > 0 } netdev)
                {
                    _netdevs.Add(netdev);
                }
            }
            else if (element == "source" && type is "hostdev" or "pci")
            {
                foreach (var address in Children())
                {
                    if (address == "address")
                    {
                        _addresses.Add(ReadAddress());
                    }
                }
            }
        }
    }

    private PciAddress ReadAddress() =>
        new(Part("domain", uint.MaxValue), (byte)Part("bus", 0xff), (byte)Part("slot", 31), (byte)Part("function", 7));

    private uint Part(string attribute, uint most)
    {
        // libvirt writes 0x…; its parser takes decimal too (virStrToLong_ui with base 0).
        var text = _reader.GetAttribute(attribute) ?? "0";
        var parsed = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return parsed && value <= most ? value : throw Error($"a device's source <address> has {attribute}='{text}', which is no part of a PCI address");
    }

    /// <summary>
    /// Steps through the child elements of the current one, giving local names. What the caller leaves unread of a child is skipped, what it
    /// has read is not: so it may read a child's content, and nothing behind it.
    /// </summary>
    private IEnumerable<string> Children() => _reader.Children();

    private bool MoveToChild(string name)
    {
        foreach (var element in Children())
        {
            if (element == name)
            {
                return true;
            }
        }

        return false;
    }

    private DomainXmlException Error(string problem)
    {
        var position = (IXmlLineInfo)_reader;
        return new DomainXmlException(_file, position.LineNumber, position.LinePosition, problem);
    }
}
