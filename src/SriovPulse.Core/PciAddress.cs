using System.Globalization;

namespace SriovPulse.Core;

/// <summary>
/// Address of a PCI function, <c>domain:bus:device.function</c> in hexadecimal (<c>0000:3b:02.1</c>).
/// Domains can exceed 16 bits (VMD, Hyper-V), so they print with at least four digits.
/// </summary>
/// <param name="Domain">PCI domain (segment).</param>
/// <param name="Bus">Bus number.</param>
/// <param name="Device">Device number, 0 to 31.</param>
/// <param name="Function">Function number, 0 to 7.</param>
public readonly record struct PciAddress(uint Domain, byte Bus, byte Device, byte Function)
    : IComparable<PciAddress>, ISpanFormattable
{
    /// <summary>Longest text form: eight domain digits and <c>:bb:dd.f</c>.</summary>
    public const int MaxLength = 16;

    /// <summary>Reads <c>dddd:bb:dd.f</c>; false when the text has any other form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PciAddress address)
    {
        Span<byte> utf8 = stackalloc byte[MaxLength];
        if (text.Length > MaxLength)
        {
            address = default;
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            utf8[i] = text[i] < 128 ? (byte)text[i] : (byte)0;
        }

        return TryParse(utf8[..text.Length], out address);
    }

    /// <summary>Reads <c>dddd:bb:dd.f</c> from UTF-8; false when the text has any other form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out PciAddress address)
    {
        address = default;
        var end = utf8.Length;

        // Fixed-width tail ":bb:dd.f"; what precedes it is the domain.
        if (end is < 12 or > MaxLength || utf8[end - 2] != '.' || utf8[end - 5] != ':' || utf8[end - 8] != ':')
        {
            return false;
        }

        if (!TryHex(utf8[..(end - 8)], out var domain) || !TryHex(utf8.Slice(end - 7, 2), out var bus)
            || !TryHex(utf8.Slice(end - 4, 2), out var device) || device > 31
            || !TryHex(utf8.Slice(end - 1, 1), out var function) || function > 7)
        {
            return false;
        }

        address = new PciAddress(domain, (byte)bus, (byte)device, (byte)function);
        return true;
    }

    /// <summary>Reads <c>dddd:bb:dd.f</c>.</summary>
    /// <exception cref="FormatException">The text is no PCI address.</exception>
    public static PciAddress Parse(string text) => TryParse(text, out var address)
        ? address
        : throw new FormatException($"\"{text}\" is no PCI address; expected the form 0000:3b:02.1");

    /// <summary>
    /// Address of the <paramref name="vf"/>th VF of this PF by routing-id arithmetic (SR-IOV specification: first VF offset and stride).
    /// </summary>
    public PciAddress VirtualFunction(int vf, int offset, int stride)
    {
        var routingId = ((Bus << 8) | (Device << 3) | Function) + offset + (vf * stride);
        return new PciAddress(Domain, (byte)(routingId >> 8), (byte)((routingId >> 3) & 31), (byte)(routingId & 7));
    }

    /// <inheritdoc/>
    public int CompareTo(PciAddress other) => Key.CompareTo(other.Key);

    /// <summary>Orders by domain, bus, device, function.</summary>
    public static bool operator <(PciAddress left, PciAddress right) => left.CompareTo(right) < 0;

    /// <summary>Orders by domain, bus, device, function.</summary>
    public static bool operator >(PciAddress left, PciAddress right) => left.CompareTo(right) > 0;

    /// <summary>Orders by domain, bus, device, function.</summary>
    public static bool operator <=(PciAddress left, PciAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by domain, bus, device, function.</summary>
    public static bool operator >=(PciAddress left, PciAddress right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Domain:x4}:{Bus:x2}:{Device:x2}.{Function:x1}");

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite(CultureInfo.InvariantCulture, $"{Domain:x4}:{Bus:x2}:{Device:x2}.{Function:x1}", out charsWritten);

    private ulong Key => ((ulong)Domain << 16) | ((ulong)Bus << 8) | ((ulong)Device << 3) | Function;

    private static bool TryHex(ReadOnlySpan<byte> digits, out uint value)
    {
        value = 0;
        foreach (var c in digits)
        {
            var digit = c switch
            {
                >= (byte)'0' and <= (byte)'9' => c - '0',
                >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return false;
            }

            value = (value << 4) | (uint)digit;
        }

        return true;
    }
}
