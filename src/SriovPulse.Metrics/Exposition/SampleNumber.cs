using System.Buffers;
using System.Globalization;

namespace SriovPulse.Metrics.Exposition;

/// <summary>
/// Numbers as both formats write them and Prometheus reads them: decimal, with or without fraction and exponent, and in any case <c>inf</c>,
/// <c>infinity</c> and <c>nan</c>; no hexadecimal, no underscores, nothing too large for a double.
/// </summary>
internal static class SampleNumber
{
    // Powers of ten that a double holds exactly: a whole number below 2^53 times or over one of them is rounded once, hence correctly.
    private static readonly double[] s_powers =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    private static readonly SearchValues<byte> s_decimal = SearchValues.Create("0123456789+-.eE"u8);

    private const ulong ExactLimit = 1UL << 53;

    // As many digits as an unsigned 64-bit number always holds.
    private const int DigitsLimit = 19;

    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        var at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var negative = at == 1 && text[0] == '-';
        ulong digits = 0;
        var start = at;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
        {
            digits = (digits * 10) + (ulong)(text[at] - '0');
        }

        var count = at - start;
        var scale = 0;
        if (at < text.Length && text[at] == '.')
        {
            var point = at++;
            for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
            {
                digits = (digits * 10) + (ulong)(text[at] - '0');
            }

            scale = point + 1 - at;
            count -= scale;
        }

        if (count is 0 or > DigitsLimit || (at < text.Length && !TryExponent(text[at..], ref scale)))
        {
            return TryParseOther(text, out value);
        }

        if (scale == 0)
        {
            // The conversion rounds correctly, whatever the number of digits.
            value = digits;
        }
        else if (digits > ExactLimit || scale is < -22 or > 22)
        {
            return TryParseOther(text, out value);
        }
        else
        {
            value = scale < 0 ? digits / s_powers[-scale] : digits * s_powers[scale];
        }

        value = negative ? -value : value;
        return true;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, ref int scale)
    {
        if ((text[0] | 0x20) != 'e' || text.Length is < 2 or > 5)
        {
            return false;
        }

        var at = text[1] is (byte)'-' or (byte)'+' ? 2 : 1;
        var exponent = 0;
        if (at == text.Length)
        {
            return false;
        }

        for (; at < text.Length; at++)
        {
            if ((uint)(text[at] - '0') > 9)
            {
                return false;
            }

            exponent = (exponent * 10) + text[at] - '0';
        }

        scale += text[1] == '-' ? -exponent : exponent;
        return true;
    }

    private static bool TryParseOther(ReadOnlySpan<byte> text, out double value)
    {
        if (text.IndexOfAnyExcept(s_decimal) < 0)
        {
            const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            return double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        }

        var signed = text.Length > 0 && text[0] is (byte)'-' or (byte)'+';
        var word = signed ? text[1..] : text;
        value = double.NaN;
        if (Is(word, "inf"u8) || Is(word, "infinity"u8))
        {
            value = signed && text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return !signed && Is(word, "nan"u8);
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase)
    {
        if (text.Length != lowerCase.Length)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if ((text[i] | 0x20) != lowerCase[i])
            {
                return false;
            }
        }

        return true;
    }
}
