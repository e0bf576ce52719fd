using System.Text;

namespace SriovPulse.Agent.Otlp.Wire;

/// <summary>
/// Reads the fields of a message that a server sent. Survives any bytes: what cannot be read ends the message, because a reply that is only half understood
/// must not turn an accepted export into a failed one.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Number of the field last read.</summary>
    public int Field { get; private set; }

    /// <summary>Value of a varint or fixed-width field, else 0.</summary>
    public ulong Number { get; private set; }

    /// <summary>Content of a length-delimited field, else empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary><see cref="Bytes"/> as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Goes to the next field; false at the end, or where the bytes are no protobuf.</summary>
    public bool TryRead()
    {
        Number = 0;
        Bytes = default;
        if (!TryReadVarint(out var tag) || tag >> 3 is 0 or > int.MaxValue)
        {
            return false;
        }

        Field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0 when TryReadVarint(out var number):
                Number = number;
                return true;
            case 1:
                return TryReadFixed(sizeof(ulong));
            case 2 when TryReadVarint(out var length) && length <= (ulong)_rest.Length:
                Bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            case 5:
                return TryReadFixed(sizeof(uint));
            default:
                return false;
        }
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < _rest.Length && i < 10; i++)
        {
            value |= (ulong)(_rest[i] & 0x7f) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool TryReadFixed(int width)
    {
        if (_rest.Length < width)
        {
            return false;
        }

        for (var i = 0; i < width; i++)
        {
            Number |= (ulong)_rest[i] << (8 * i);
        }

        _rest = _rest[width..];
        return true;
    }
}
