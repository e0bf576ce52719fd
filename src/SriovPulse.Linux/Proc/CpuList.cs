using System.Buffers.Text;

namespace SriovPulse.Linux.Proc;

/// <summary>The kernel's list form of a CPU mask, such as <c>0-3,8,10-11</c> (lib/vsprintf.c, bitmap list).</summary>
public static class CpuList
{
    /// <summary>How many CPUs the list names; false when it is no list.</summary>
    public static bool TryCount(ReadOnlySpan<byte> text, out int count)
    {
        count = 0;
        text = text.Trim("\n "u8);
        while (!text.IsEmpty)
        {
            if (!Utf8Parser.TryParse(text, out uint first, out var used))
            {
                return false;
            }

            text = text[used..];
            var last = first;
            if (text is [(byte)'-', ..])
            {
                if (!Utf8Parser.TryParse(text[1..], out last, out used) || last < first)
                {
                    return false;
                }

                text = text[(used + 1)..];
            }

            count += (int)(last - first) + 1;
            if (text.IsEmpty)
            {
                return true;
            }

            if (text[0] != ',' || text.Length == 1)
            {
                return false;
            }

            text = text[1..];
        }

        return count > 0;
    }
}
