using System.Globalization;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>Numbers as Prometheus writes them into labels and messages.</summary>
public static class NumberText
{
    /// <summary>The shortest digits that read back as the same number, never with an exponent.</summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        if (exponentAt < 0)
        {
            return text;
        }

        var exponent = int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = text[0] == '-' ? "-" : string.Empty;
        var mantissa = text[sign.Length..exponentAt];
        var digits = mantissa.Replace(".", string.Empty, StringComparison.Ordinal);
        var point = 1 + exponent;
        return point <= 0 ? $"{sign}0.{new string('0', -point)}{digits}"
            : point >= digits.Length ? sign + digits + new string('0', point - digits.Length)
            : $"{sign}{digits[..point]}.{digits[point..]}";
    }
}
