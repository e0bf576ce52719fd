using System.Text;
using System.Xml;

namespace SriovPulse.Agent.Ownership.Libvirt;

/// <summary>
/// Labels that a domain's metadata carries for the planner: what Nova says of the instance, and this project's own element, which an operator
/// may add with <c>virsh metadata</c>:
/// <code>&lt;sriovpulse:labels xmlns:sriovpulse="urn:sriovpulse:labels"&gt;&lt;label name="tier"&gt;gold&lt;/label&gt;&lt;/sriovpulse:labels&gt;</code>
/// </summary>
internal sealed class DomainLabels
{
    /// <summary>XML namespace of the own element.</summary>
    public const string Namespace = "urn:sriovpulse:labels";

    // Every label of every VM is a string in the head of whoever scrapes: enough for placement, too few for an inventory.
    private const int MaxLabels = 16;
    private const int MaxLength = 128;

    private readonly List<KeyValuePair<string, string>> _labels = [];

    /// <summary>The labels, in the order found.</summary>
    public KeyValuePair<string, string>[] ToArray() => [.. _labels];

    /// <summary>Reads <c>nova:instance</c> (nova/virt/libvirt/config.py, LibvirtConfigGuestMetaNovaInstance).</summary>
    public void ReadNova(XmlReader reader)
    {
        foreach (var element in reader.Children())
        {
            switch (element)
            {
                case "name":
                    Add("openstack_name", reader.ReadText());
                    break;
                case "flavor":
                    Add("openstack_flavor", reader.GetAttribute("name"));
                    break;
                case "owner":
                    foreach (var owner in reader.Children())
                    {
                        if (owner == "project")
                        {
                            Add("openstack_project_uuid", reader.GetAttribute("uuid"));
                            Add("openstack_project", reader.ReadText());
                        }
                    }

                    break;
            }
        }
    }

    /// <summary>Reads the own element.</summary>
    public void ReadOwn(XmlReader reader)
    {
        foreach (var element in reader.Children())
        {
            // libvirt puts the namespace on the outer element alone when virsh sets it.
            if (element == "label" && reader.GetAttribute("name") is { Length: > 0 } name)
            {
                Add(name, reader.ReadText());
            }
        }
    }

    private void Add(string name, string? value)
    {
        value = value?.Trim() ?? string.Empty;
        var clean = Clean(name);

        // Two names that become one would make an invalid exposition; the first one stays.
        if (value.Length == 0 || _labels.Count == MaxLabels || _labels.Exists(label => label.Key == clean))
        {
            return;
        }

        if (value.Length > MaxLength)
        {
            value = value[..(char.IsHighSurrogate(value[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        }

        _labels.Add(new(clean, value));
    }

    private static string Clean(string name)
    {
        var clean = new StringBuilder(Math.Min(name.Length, MaxLength));
        for (var i = 0; i < name.Length && i < MaxLength; i++)
        {
            clean.Append(char.IsAsciiLetterOrDigit(name[i]) ? char.ToLowerInvariant(name[i]) : '_');
        }

        return clean.ToString();
    }
}
