using System.Buffers.Text;

namespace SriovPulse.Linux.Proc;

/// <summary>Reads <c>/proc/meminfo</c> (proc(5)), whose values are in units of 1024 bytes although it says kB.</summary>
public static class MemoryInfo
{
    /// <summary>The value of a line such as <c>MemTotal:</c>, in bytes; false when there is no such line.</summary>
    /// <param name="text">The file.</param>
    /// <param name="name">Name of the line with its colon.</param>
    /// <param name="bytes">The value.</param>
    public static bool TryGet(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, out ulong bytes)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            if (line.StartsWith(name))
            {
                var found = Utf8Parser.TryParse(line[name.Length..].TrimStart((byte)' '), out ulong kibibytes, out _);
                bytes = kibibytes * 1024;
                return found;
            }

            text = end < 0 ? default : text[(end + 1)..];
        }

        bytes = 0;
        return false;
    }
}
