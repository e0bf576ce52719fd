using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>The content of <c>aer_dev_*</c>: a line <c>name count</c> per error (names have spaces in older kernels), then <c>TOTAL_ERR_… count</c>.</summary>
public static class AerText
{
    /// <summary>The total: the <c>TOTAL_ERR_</c> line where there is one, else the sum of the others. False when the text has another form.</summary>
    public static bool TryParseTotal(ReadOnlySpan<byte> utf8, out ulong total)
    {
        total = 0;
        var sum = 0UL;
        var lines = 0;
        foreach (var range in utf8.Split((byte)'\n'))
        {
            var line = NumberText.Trim(utf8[range]);
            if (line.IsEmpty)
            {
                continue;
            }

            var space = line.LastIndexOf((byte)' ');
            if (space <= 0 || !NumberText.TryParse(line[(space + 1)..], out ulong count))
            {
                return false;
            }

            if (line.StartsWith("TOTAL_ERR_"u8))
            {
                total = count;
                return true;
            }

            // Counts of errors cannot overflow 64 bits; a text that does is none.
            if (count > ulong.MaxValue - sum)
            {
                return false;
            }

            sum += count;
            lines++;
        }

        total = sum;
        return lines > 0;
    }
}
