using System.Buffers.Text;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>
/// A netdev's <c>phys_port_name</c>, by which ports and representors of one device are told apart (net/devlink/port.c,
/// <c>__devlink_port_phys_port_name_get</c>): <c>p0</c>, <c>p0s1</c>, <c>pf0</c>, <c>pf0vf3</c>, <c>pf0sf88</c>, each of the last three with <c>c1</c> in front
/// for an external controller.
/// </summary>
/// <param name="Controller">Number of the external controller (the host of a DPU), null for this host's own.</param>
/// <param name="Port">Number of a physical port, null for a function's representor.</param>
/// <param name="Split">Which part of a split port, null when not split.</param>
/// <param name="Pf">PF number of a representor.</param>
/// <param name="Vf">VF number of a representor, null unless it stands for a VF.</param>
/// <param name="Sf">Subfunction number of a representor, null unless it stands for a subfunction.</param>
public readonly record struct PhysicalPortName(int? Controller, int? Port, int? Split, int? Pf, int? Vf, int? Sf)
{
    /// <summary>Whether the netdev stands for another function: its counters are not those of its own device.</summary>
    public bool IsRepresentor => Pf is not null;

    /// <summary>Reads a name; false for other forms, which some drivers have.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out PhysicalPortName name)
    {
        name = default;
        var rest = NumberText.Trim(utf8);
        int? controller = TryTake(ref rest, "c"u8, out var number) ? number : null;
        if (TryTake(ref rest, "pf"u8, out var pf))
        {
            int? vf = TryTake(ref rest, "vf"u8, out number) ? number : null;
            int? sf = vf is null && TryTake(ref rest, "sf"u8, out number) ? number : null;
            name = new PhysicalPortName(controller, null, null, pf, vf, sf);
            return rest.IsEmpty;
        }

        if (controller is null && TryTake(ref rest, "p"u8, out var port))
        {
            int? split = TryTake(ref rest, "s"u8, out number) ? number : null;
            name = new PhysicalPortName(null, port, split, null, null, null);
            return rest.IsEmpty;
        }

        return false;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> letters, out int number)
    {
        number = 0;
        if (!text.StartsWith(letters) || text.Length == letters.Length || !char.IsAsciiDigit((char)text[letters.Length])
            || !Utf8Parser.TryParse(text[letters.Length..], out number, out var used))
        {
            return false;
        }

        text = text[(letters.Length + used)..];
        return true;
    }
}
