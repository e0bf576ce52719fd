using System.Text;

namespace SriovPulse.Metrics.Exposition;

/// <summary>
/// Strings for bytes that come again and again: names of metrics and labels, interfaces, small numbers. A new text takes the place of an older one,
/// so the cache cannot grow; threads may overwrite each other's entries, which costs a string and harms nothing.
/// </summary>
internal static class TextCache
{
    private const int Slots = 16 * 1024;

    // Longer texts are rarely the same twice.
    private const int LongestText = 64;

    private static readonly string?[] s_slots = new string?[Slots];

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > LongestText)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        // FNV-1a.
        var hash = 2_166_136_261;
        foreach (var b in utf8)
        {
            hash = (hash ^ b) * 16_777_619;
        }

        ref var slot = ref s_slots[(hash ^ (hash >> 15)) % Slots];
        var cached = Volatile.Read(ref slot);
        if (cached is null || !Ascii.Equals(utf8, cached))
        {
            cached = Encoding.UTF8.GetString(utf8);
            Volatile.Write(ref slot, cached);
        }

        return cached;
    }
}
