using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SriovPulse.Agent.Logging;

/// <summary>Writes a line as a JSON object with the keys of <see cref="LogfmtLine"/>.</summary>
internal static class JsonLine
{
    // Quotes and the like need no \u escapes: the log is not put into HTML.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(IBufferWriter<byte> to, in LogLine line, DateTimeOffset now)
    {
        using (var json = new Utf8JsonWriter(to, s_options))
        {
            json.WriteStartObject();
            json.WriteString("ts", now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("level", line.LevelName);
            json.WriteString("component", line.Component);
            json.WriteString("msg", line.Message);
            foreach (var (name, text) in line.Fields())
            {
                json.WriteString(name, text);
            }

            if (line.Error is { } error)
            {
                json.WriteString("err", error);
            }

            json.WriteEndObject();
        }

        to.Write("\n"u8);
    }
}
