namespace SriovPulse.Agent.Metrics;

/// <summary>One value of one series. Integers keep all 64 bits, which a double would not beyond 2^53.</summary>
public readonly struct Sample
{
    private readonly ulong _bits;

    private Sample(LabelSet labels, ulong bits, bool isInteger, long createdUnixMilliseconds)
    {
        Labels = labels;
        _bits = bits;
        IsInteger = isInteger;
        CreatedUnixMilliseconds = createdUnixMilliseconds;
    }

    /// <summary>Labels of the series.</summary>
    public LabelSet Labels { get; }

    /// <summary>Whether <see cref="Whole"/> holds the value; otherwise <see cref="Real"/> does.</summary>
    public bool IsInteger { get; }

    /// <summary>Of a counter: when it started to count, as far as known; 0 when not.</summary>
    public long CreatedUnixMilliseconds { get; }

    /// <summary>The value, when <see cref="IsInteger"/>.</summary>
    public ulong Whole => _bits;

    /// <summary>The value as a double, whichever way it is held.</summary>
    public double Real => IsInteger ? _bits : BitConverter.UInt64BitsToDouble(_bits);

    /// <summary>An unsigned integer.</summary>
    public static Sample Of(LabelSet labels, ulong value, long createdUnixMilliseconds = 0) => new(labels, value, true, createdUnixMilliseconds);

    /// <summary>A floating-point number.</summary>
    public static Sample Of(LabelSet labels, double value, long createdUnixMilliseconds = 0) =>
        new(labels, BitConverter.DoubleToUInt64Bits(value), false, createdUnixMilliseconds);
}
