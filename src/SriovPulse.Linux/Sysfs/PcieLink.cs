using System.Buffers.Text;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>Speed and width of a PCI Express link.</summary>
/// <param name="MegatransfersPerSecond">Transfers per second and lane, in millions: 2500, 5000, 8000, 16000, 32000 or 64000.</param>
/// <param name="Lanes">Width.</param>
public readonly record struct PcieLink(int MegatransfersPerSecond, int Lanes)
{
    /// <summary>
    /// Bytes per second in one direction after line encoding, packet headers included: 8b/10b up to 5 GT/s, 128b/130b from 8 to 32 GT/s, and 242 of the
    /// 256 bytes of a flit from 64 GT/s on, the others being its CRC and error correction (PCI Express Base Specification 6.0, section 4.2).
    /// </summary>
    public double BytesPerSecond => MegatransfersPerSecond * 1e6 / 8 * Lanes * MegatransfersPerSecond switch
    {
        <= 5000 => 8.0 / 10,
        <= 32000 => 128.0 / 130,
        _ => 242.0 / 256,
    };

    /// <summary>Reads <c>current_link_speed</c> or <c>max_link_speed</c>, <c>16.0 GT/s PCIe</c>, into millions of transfers per second.</summary>
    /// <returns><see cref="ReadStatus.Unsupported"/> for "Unknown" and "Unknown speed".</returns>
    public static FileValue<int> ParseSpeed(ReadOnlySpan<byte> utf8)
    {
        var text = NumberText.Trim(utf8);
        if (text.StartsWith("Unknown"u8))
        {
            return new FileValue<int>(ReadStatus.Unsupported);
        }

        // Kernels before 5.7 leave out " PCIe" and a zero after the point (drivers/pci/probe.c, pci_speed_string).
        if (!Utf8Parser.TryParse(text, out decimal speed, out var used) || !text[used..].StartsWith(" GT/s"u8) || speed is < 1 or > 1024)
        {
            return new FileValue<int>(ReadStatus.Malformed);
        }

        return new FileValue<int>((int)(speed * 1000));
    }

    /// <summary>Reads <c>current_link_width</c> or <c>max_link_width</c>, a number of lanes.</summary>
    /// <returns><see cref="ReadStatus.Unsupported"/> for widths that no link has: 0 without a link, 63 when the device does not answer, 255 unknown.</returns>
    public static FileValue<int> ParseWidth(ReadOnlySpan<byte> utf8)
    {
        if (!NumberText.TryParse(utf8, out int lanes))
        {
            return new FileValue<int>(ReadStatus.Malformed);
        }

        return lanes is 1 or 2 or 4 or 8 or 12 or 16 or 32 ? new FileValue<int>(lanes) : new FileValue<int>(ReadStatus.Unsupported);
    }
}
