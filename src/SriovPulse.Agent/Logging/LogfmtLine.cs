using System.Buffers;
using System.Globalization;
using System.Text;

namespace SriovPulse.Agent.Logging;

/// <summary>Writes <c>ts=… level=info component=serving msg="…" key=value</c>.</summary>
internal static class LogfmtLine
{
    public static void Write(IBufferWriter<byte> to, in LogLine line, DateTimeOffset now)
    {
        var text = new StringBuilder(256);
        text.Append(CultureInfo.InvariantCulture, $"ts={now:yyyy-MM-ddTHH:mm:ss.fffZ} level={line.LevelName}");
        Append(text, "component", line.Component);
        Append(text, "msg", line.Message);
        foreach (var (name, value) in line.Fields())
        {
            Append(text, name, value);
        }

        if (line.Error is { } error)
        {
            Append(text, "err", error);
        }

        Encoding.UTF8.GetBytes(text.Append('\n').ToString(), to);
    }

    private static void Append(StringBuilder text, string name, string value)
    {
        text.Append(' ').Append(name).Append('=');
        if (value.Length > 0 && !value.AsSpan().ContainsAny(" =\"\\") && !value.Any(char.IsControl))
        {
            text.Append(value);
            return;
        }

        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '\t' => text.Append(@"\t"),
                _ when char.IsControl(c) => text.Append(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
