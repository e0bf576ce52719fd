using SriovPulse.Core;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>The content of Mellanox OFED's <c>sriov/N/stats</c>: lines of <c>name : value</c>.</summary>
public static class VendorStatisticsText
{
    /// <summary>Reads the counters that are known by name; others are passed over.</summary>
    /// <returns>
    /// <see cref="ReadStatus.Malformed"/> when no counter is known, or a known one has no number, which is then absent while the others are there.
    /// </returns>
    public static ReadStatus Parse(ReadOnlySpan<byte> utf8, out VfCounters counters)
    {
        counters = default;
        var status = ReadStatus.Ok;
        foreach (var range in utf8.Split((byte)'\n'))
        {
            var line = utf8[range];
            var colon = line.IndexOf((byte)':');
            if (colon < 0 || !VendorCounterName.TryParse(NumberText.Trim(line[..colon]), out var counter))
            {
                continue;
            }

            if (NumberText.TryParse(line[(colon + 1)..], out ulong value))
            {
                counters.Set(counter, value);
            }
            else
            {
                counters.Remove(counter);
                status = ReadStatus.Malformed;
            }
        }

        return counters.IsEmpty ? ReadStatus.Malformed : status;
    }
}
