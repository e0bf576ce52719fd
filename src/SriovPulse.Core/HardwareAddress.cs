using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SriovPulse.Core;

/// <summary>A link-layer address of up to 32 bytes (6 for Ethernet, 20 for IP over InfiniBand), as the kernel's MAX_ADDR_LEN allows.</summary>
public readonly struct HardwareAddress : IEquatable<HardwareAddress>
{
    /// <summary>Most bytes that an address can have.</summary>
    public const int MaxLength = 32;

    private readonly Bytes _bytes;

    /// <summary>Copies an address.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxLength"/> bytes.</exception>
    public HardwareAddress(ReadOnlySpan<byte> address)
    {
        if (address.Length > MaxLength)
        {
            throw new ArgumentException($"a hardware address has at most {MaxLength} bytes, not {address.Length}", nameof(address));
        }

        address.CopyTo(_bytes);
        Length = address.Length;
    }

    /// <summary>Number of bytes.</summary>
    public int Length { get; }

    /// <summary>Whether every byte is zero, which drivers use for "none set".</summary>
    public bool IsZero => !Span.ContainsAnyExcept((byte)0);

    /// <summary>Copies the <see cref="Length"/> bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => Span.CopyTo(destination);

    /// <inheritdoc/>
    public bool Equals(HardwareAddress other) => Length == other.Length && Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HardwareAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>Byte-wise equality.</summary>
    public static bool operator ==(HardwareAddress left, HardwareAddress right) => left.Equals(right);

    /// <summary>Byte-wise inequality.</summary>
    public static bool operator !=(HardwareAddress left, HardwareAddress right) => !left.Equals(right);

    /// <summary>Lower-case hexadecimal pairs joined by colons; empty for no address.</summary>
    public override string ToString()
    {
        if (Length == 0)
        {
            return string.Empty;
        }

        return string.Create((Length * 3) - 1, this, static (text, address) =>
        {
            const string Digits = "0123456789abcdef";
            for (var i = 0; i < address.Length; i++)
            {
                text[i * 3] = Digits[address.Span[i] >> 4];
                text[(i * 3) + 1] = Digits[address.Span[i] & 15];
                if (i + 1 < address.Length)
                {
                    text[(i * 3) + 2] = ':';
                }
            }
        });
    }

    private readonly ReadOnlySpan<byte> Span
    {
        [UnscopedRef]
        get => ((ReadOnlySpan<byte>)_bytes)[..Length];
    }

    [InlineArray(MaxLength)]
    private struct Bytes
    {
        private byte _first;
    }
}
