using System.Globalization;
using System.Text;
using System.Text.Json;
using SriovPulse.Core;

namespace SriovPulse.Agent.Ownership.Processes;

/// <summary>Reads the value of QEMU's <c>-device</c>, which is an option list or JSON.</summary>
internal static class QemuDevice
{
    /// <summary>The host's PCI device that the argument passes through; null when it passes none.</summary>
    public static PciAddress? VfioAddress(string argument)
    {
        string driver = string.Empty, host = string.Empty, path = string.Empty;
        foreach (var (key, value) in argument.StartsWith('{') ? ReadJson(argument) : QemuOptions.Read(argument, implied: "driver"))
        {
            switch (key)
            {
                case "driver":
                    driver = value;
                    break;
                case "host":
                    host = value;
                    break;
                case "sysfsdev":
                    path = value;
                    break;
            }
        }

        // vfio-pci and vfio-pci-nohotplug; vfio-ap and vfio-ccw are no PCI.
        if (!driver.StartsWith("vfio-pci", StringComparison.Ordinal))
        {
            return null;
        }

        return path.Length > 0
            ? PciAddress.TryParse(path.AsSpan(path.TrimEnd('/').LastIndexOf('/') + 1).TrimEnd('/'), out var address) ? address : null
            : HostAddress(host);
    }

    // QEMU takes the domain or leaves it out, and numbers of any length (hw/core/qdev-properties-system.c, set_pci_host_devaddr).
    private static PciAddress? HostAddress(string host)
    {
        var parts = host.Split(':', '.');
        if (parts.Length is not (3 or 4) || host.LastIndexOf('.') < host.LastIndexOf(':'))
        {
            return null;
        }

        Span<uint> numbers = [0, 0, 0, 0];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!uint.TryParse(parts[^(i + 1)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers is [<= 7, <= 31, <= 255, _] ? new PciAddress(numbers[3], (byte)numbers[2], (byte)numbers[1], (byte)numbers[0]) : null;
    }

    private static List<(string Key, string Value)> ReadJson(string text)
    {
        var pairs = new List<(string, string)>();
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            var key = string.Empty;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    key = reader.CurrentDepth == 1 ? reader.GetString()! : string.Empty;
                }
                else if (reader.TokenType == JsonTokenType.String && key.Length > 0)
                {
                    pairs.Add((key, reader.GetString()!));
                }
            }
        }
        catch (JsonException)
        {
            // Anybody may name a process QEMU; one that QEMU would not have started passes nothing through.
            return [];
        }

        return pairs;
    }
}
