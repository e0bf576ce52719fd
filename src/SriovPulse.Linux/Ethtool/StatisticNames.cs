using System.Text;

namespace SriovPulse.Linux.Ethtool;

/// <summary>
/// The names of a netdev's private statistics in the driver's order, as UTF-8; immutable. The position of a name is the position of its value.
/// </summary>
public sealed class StatisticNames
{
    private readonly byte[] _text;
    private readonly int[] _ends;

    private StatisticNames(byte[] text, int[] ends)
    {
        _text = text;
        _ends = ends;
    }

    /// <summary>No names.</summary>
    public static StatisticNames Empty { get; } = new([], []);

    /// <summary>How many statistics there are.</summary>
    public int Count => _ends.Length;

    /// <summary>The name at a position.</summary>
    public ReadOnlySpan<byte> this[int index] => _text.AsSpan(Start(index), _ends[index] - Start(index));

    /// <summary>Names given as text, for tests and tools.</summary>
    public static StatisticNames Of(params ReadOnlySpan<string> names)
    {
        var text = new List<byte>();
        var ends = new int[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            text.AddRange(Encoding.UTF8.GetBytes(names[i]));
            ends[i] = text.Count;
        }

        return new StatisticNames([.. text], ends);
    }

    /// <summary>
    /// Reads fields of <paramref name="width"/> bytes, each a name that ends at the first NUL or fills its field. Spaces at the end, with which some
    /// drivers pad (chelsio/cxgb4/cxgb4_ethtool.c), do not belong to the name.
    /// </summary>
    /// <exception cref="ArgumentException">The length is no multiple of the width.</exception>
    public static StatisticNames Parse(ReadOnlySpan<byte> fields, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (fields.Length % width != 0)
        {
            throw new ArgumentException($"{fields.Length} bytes are no whole number of names of {width} bytes", nameof(fields));
        }

        var text = new byte[fields.Length];
        var ends = new int[fields.Length / width];
        var length = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            var field = fields.Slice(i * width, width);
            var nul = field.IndexOf((byte)0);
            var name = (nul < 0 ? field : field[..nul]).TrimEnd((byte)' ');
            name.CopyTo(text.AsSpan(length));
            length += name.Length;
            ends[i] = length;
        }

        return new StatisticNames(text[..length], ends);
    }

    /// <summary>Position of the first statistic of this name; -1 when there is none.</summary>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _ends.Length; i++)
        {
            if (this[i].SequenceEqual(name))
            {
                return i;
            }
        }

        return -1;
    }

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1];
}
