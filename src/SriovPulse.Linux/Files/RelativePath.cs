using System.Buffers.Text;
using System.Text;
using SriovPulse.Core;

namespace SriovPulse.Linux.Files;

/// <summary>Builds a path below a <see cref="DirectoryHandle"/> in a buffer of the caller's, usually on the stack.</summary>
/// <param name="buffer">Where the path is built; <see cref="DirectoryHandle.MaxPathLength"/> bytes hold every path that can be opened.</param>
public ref struct RelativePath(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length;

    /// <summary>The path so far.</summary>
    public readonly ReadOnlySpan<byte> Utf8 => _buffer[.._length];

    /// <summary>Length of the path so far.</summary>
    public readonly int Length => _length;

    /// <summary>Cuts the path back to an earlier length, to append another ending.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The path is shorter than that.</exception>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_length, nameof(length));
        _length = length;
    }

    /// <summary>Appends text as it is, separators included.</summary>
    /// <exception cref="ArgumentException">The buffer is too small.</exception>
    public void Append(scoped ReadOnlySpan<byte> utf8)
    {
        if (!utf8.TryCopyTo(_buffer[_length..]))
        {
            ThrowTooSmall();
        }

        _length += utf8.Length;
    }

    /// <summary>Appends text as it is, separators included.</summary>
    /// <exception cref="ArgumentException">The buffer is too small.</exception>
    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (!Encoding.UTF8.TryGetBytes(text, _buffer[_length..], out var written))
        {
            ThrowTooSmall();
        }

        _length += written;
    }

    /// <summary>Appends a number.</summary>
    /// <exception cref="ArgumentException">The buffer is too small.</exception>
    public void Append(int number)
    {
        if (!Utf8Formatter.TryFormat(number, _buffer[_length..], out var written))
        {
            ThrowTooSmall();
        }

        _length += written;
    }

    /// <summary>Appends a PCI address as sysfs spells it: <c>0000:3b:02.1</c>.</summary>
    /// <exception cref="ArgumentException">The buffer is too small.</exception>
    public void Append(PciAddress address)
    {
        // Domains print with at least four digits (drivers/pci/probe.c, pci_setup_device: "%04x:%02x:%02x.%d").
        AppendHex(address.Domain, address.Domain > 0xffff ? (35 - int.LeadingZeroCount((int)address.Domain)) / 4 : 4);
        Append(":"u8);
        AppendHex(address.Bus, 2);
        Append(":"u8);
        AppendHex(address.Device, 2);
        Append("."u8);
        AppendHex(address.Function, 1);
    }

    private void AppendHex(uint value, int digits)
    {
        for (var shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        {
            Append("0123456789abcdef"u8.Slice((int)(value >> shift) & 15, 1));
        }
    }

    private static void ThrowTooSmall() => throw new ArgumentException("the path does not fit in its buffer");
}
