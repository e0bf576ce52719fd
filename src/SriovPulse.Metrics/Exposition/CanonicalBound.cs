using System.Globalization;
using System.Text;

namespace SriovPulse.Metrics.Exposition;

/// <summary>Bucket bounds and quantiles as Prometheus 3 writes them: <c>1.0</c>, <c>0.25</c>, <c>1e+06</c>, <c>+Inf</c>.</summary>
internal static class CanonicalBound
{
    /// <summary>The text in that form; as it is when it is no number.</summary>
    public static string Of(string text) =>
        SampleNumber.TryParse(Encoding.UTF8.GetBytes(text), out var value) ? Format(value) : text;

    private static string Format(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "+Inf" : "-Inf";
        }

        if (value == 0)
        {
            return "0.0";
        }

        var (digits, exponent) = Shortest(Math.Abs(value));
        var sign = value < 0 ? "-" : string.Empty;

        // The bounds of Go's %g in its shortest form.
        return sign + (exponent is < -4 or >= 6 ? Scientific(digits, exponent) : Plain(digits, exponent));
    }

    /// <summary>The fewest digits that read back the same, without zeros at either end, and the decimal exponent of the first.</summary>
    private static (string Digits, int Exponent) Shortest(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var mantissa = parts[0].Split('.');
        var whole = mantissa[0].TrimStart('0');
        var fraction = mantissa.Length > 1 ? mantissa[1] : string.Empty;
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var zeros = fraction.Length - fraction.TrimStart('0').Length;
        exponent += whole.Length > 0 ? whole.Length - 1 : -zeros - 1;
        return ((whole + fraction).Trim('0'), exponent);
    }

    private static string Scientific(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        var whole = digits.PadRight(exponent + 1, '0');
        var fraction = whole[(exponent + 1)..];
        return $"{whole[..(exponent + 1)]}.{(fraction.Length > 0 ? fraction : "0")}";
    }
}
