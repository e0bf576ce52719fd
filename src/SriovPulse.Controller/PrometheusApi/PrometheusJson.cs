using System.Globalization;
using System.Text;
using System.Text.Json;
using SriovPulse.PromQL.Evaluation;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Controller.PrometheusApi;

/// <summary>Writes the pieces of Prometheus' JSON: times as numbers of seconds, values as strings.</summary>
internal static class PrometheusJson
{
    // 17 digits, sign, point, exponent; numbers below 1e21 are written without one.
    private const int LongestNumber = 64;

    public static void WriteLabels(Utf8JsonWriter json, Labels labels)
    {
        json.WriteStartObject();
        foreach (ref readonly var label in labels.AsSpan())
        {
            json.WriteString(label.Name, label.Value);
        }

        json.WriteEndObject();
    }

    public static void WriteSample(Utf8JsonWriter json, long timestamp, double value)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        json.WriteStartArray();
        WriteTime(json, timestamp);
        json.WriteStringValue(text[..Format(value, text)]);
        json.WriteEndArray();
    }

    /// <summary>Seconds, with three decimals where they are not whole.</summary>
    public static void WriteTime(Utf8JsonWriter json, long milliseconds)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        var (seconds, rest) = Math.DivRem(Math.Abs(milliseconds), 1000);
        var sign = milliseconds < 0 ? "-" : string.Empty;
        Encoding.UTF8.TryGetBytes(
            rest == 0 ? string.Create(CultureInfo.InvariantCulture, $"{sign}{seconds}") : string.Create(CultureInfo.InvariantCulture, $"{sign}{seconds}.{rest:000}"),
            text,
            out var length);
        json.WriteRawValue(text[..length], skipInputValidation: true);
    }

    /// <summary>The shortest digits that read back as the same number, with an exponent only where it is very small or large, as Prometheus does.</summary>
    public static int Format(double value, Span<byte> into)
    {
        var magnitude = Math.Abs(value);
        var text = !double.IsFinite(value) || magnitude == 0 || magnitude is >= 1e-6 and < 1e21
            ? NumberText.Format(value)

            // Such numbers have an exponent of two digits or more, as Go's have.
            : value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return Encoding.UTF8.GetBytes(text, into);
    }
}
