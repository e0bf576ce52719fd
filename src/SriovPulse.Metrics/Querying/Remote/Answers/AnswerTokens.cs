using System.Globalization;
using System.Text.Json;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Querying.Remote.Answers;

/// <summary>The small things that answers are made of. Each begins on the first token of a value and ends on its last.</summary>
internal static class AnswerTokens
{
    public static string Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Unexpected(ref reader, "a string");

    /// <summary>Strings of an array; nothing for null.</summary>
    public static void Texts(ref Utf8JsonReader reader, List<string> into)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        Expect(ref reader, JsonTokenType.StartArray, "an array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            into.Add(Text(ref reader));
        }
    }

    public static Labels Labels(ref Utf8JsonReader reader, List<Label> scratch)
    {
        Expect(ref reader, JsonTokenType.StartObject, "an object of labels");
        scratch.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            scratch.Add(new Label(name, Text(ref reader)));
        }

        try
        {
            return PromQL.Series.Labels.Create(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(scratch));
        }
        catch (ArgumentException e)
        {
            throw new AnswerFormatException(e.Message);
        }
    }

    /// <summary>A pair of time and number: <c>[1435781451.781,"1"]</c>.</summary>
    public static Sample Sample(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray, "a pair of time and value");
        reader.Read();
        var timestamp = Timestamp(ref reader);
        reader.Read();
        var value = Number(ref reader);
        reader.Read();
        Expect(ref reader, JsonTokenType.EndArray, "the end of a pair");
        return new Sample(timestamp, value);
    }

    /// <summary>Seconds, as milliseconds.</summary>
    public static long Timestamp(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var seconds) || Math.Abs(seconds) > 1e14)
        {
            throw Unexpected(ref reader, "a time in seconds");
        }

        return (long)Math.Round(seconds * 1000);
    }

    /// <summary>A number, which the API writes as a string for the sake of NaN and the infinities.</summary>
    public static double Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueIsEscaped)
        {
            throw Unexpected(ref reader, "a number as a string");
        }

        var text = reader.ValueSpan;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        return text.SequenceEqual("+Inf"u8) || text.SequenceEqual("Inf"u8) ? double.PositiveInfinity
            : text.SequenceEqual("-Inf"u8) ? double.NegativeInfinity
            : text.SequenceEqual("NaN"u8) ? double.NaN
            : throw new AnswerFormatException($"expected a number, found \"{reader.GetString()}\"");
    }

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string words)
    {
        if (reader.TokenType != type)
        {
            throw Unexpected(ref reader, words);
        }
    }

    public static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "the end of an array or object",
    };

    private static AnswerFormatException Unexpected(ref Utf8JsonReader reader, string words) => new($"expected {words}, found {Describe(reader.TokenType)}");
}
