using System.Runtime.InteropServices;
using System.Text;

namespace SriovPulse.Testing.Netlink;

/// <summary>
/// Builds attributes as the kernel does: lengths are cut to 16 bits without a check, as <c>nla_nest_end()</c> cuts them.
/// Written apart from the request builder that it helps to test.
/// </summary>
public sealed class AttributeBytes
{
    private readonly List<byte> _bytes = [];

    /// <summary>How many bytes there are.</summary>
    public int Length => _bytes.Count;

    /// <summary>Adds an attribute with a value as it is.</summary>
    public AttributeBytes Put(int type, ReadOnlySpan<byte> value)
    {
        Header(4 + value.Length, type);
        _bytes.AddRange(value);
        while (_bytes.Count % 4 != 0)
        {
            _bytes.Add(0);
        }

        return this;
    }

    /// <summary>Adds one byte.</summary>
    public AttributeBytes Put(int type, byte value) => Put(type, [value]);

    /// <summary>Adds a 16-bit number.</summary>
    public AttributeBytes Put(int type, ushort value) => Put(type, MemoryMarshal.AsBytes(new ReadOnlySpan<ushort>(in value)));

    /// <summary>Adds a 32-bit number.</summary>
    public AttributeBytes Put(int type, uint value) => Put(type, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in value)));

    /// <summary>Adds a 64-bit number.</summary>
    public AttributeBytes Put(int type, ulong value) => Put(type, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in value)));

    /// <summary>Adds several 32-bit numbers as one struct.</summary>
    public AttributeBytes PutStruct(int type, params ReadOnlySpan<uint> values) => Put(type, MemoryMarshal.AsBytes(values));

    /// <summary>Adds text and a NUL.</summary>
    public AttributeBytes Put(int type, string text) => Put(type, [.. Encoding.UTF8.GetBytes(text), 0]);

    /// <summary>Adds attributes within an attribute. The length wraps at 64 KiB.</summary>
    public AttributeBytes Nest(int type, Action<AttributeBytes> fill)
    {
        var start = _bytes.Count;
        Header(0, type);
        fill(this);
        var length = (ushort)(_bytes.Count - start);
        _bytes[start] = (byte)length;
        _bytes[start + 1] = (byte)(length >> 8);
        return this;
    }

    /// <summary>The bytes so far.</summary>
    public byte[] ToArray() => [.. _bytes];

    private void Header(int length, int type) =>
        _bytes.AddRange([(byte)length, (byte)(length >> 8), (byte)type, (byte)(type >> 8)]);
}
