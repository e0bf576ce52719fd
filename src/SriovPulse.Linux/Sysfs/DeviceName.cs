using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using SriovPulse.Core;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>A device's directory name in UTF-8, without an object for it.</summary>
internal readonly struct DeviceName
{
    private const int MaxLength = 64;

    private readonly Bytes _utf8;
    private readonly int _length;

    public DeviceName(PciAddress address)
    {
        var name = new RelativePath(_utf8);
        name.Append(address);
        _length = name.Length;
    }

    /// <exception cref="ArgumentException">Longer than 64 bytes, or no name of one path component.</exception>
    public DeviceName(string name)
    {
        // A name with a separator could lead anywhere; the kernel lets none be made (net/core/dev.c, dev_valid_name).
        if (name.Length == 0 || name is "." or ".." || name.Contains('/'))
        {
            throw new ArgumentException($"\"{name}\" is no device name", nameof(name));
        }

        var text = new RelativePath(_utf8);
        text.Append(name);
        _length = text.Length;
    }

    [UnscopedRef]
    public ReadOnlySpan<byte> Utf8 => ((ReadOnlySpan<byte>)_utf8)[.._length];

    [InlineArray(MaxLength)]
    private struct Bytes
    {
        private byte _first;
    }
}
