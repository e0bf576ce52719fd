using System.Globalization;

namespace SriovPulse.Agent.Ownership.Libvirt;

/// <summary>Sizes with a unit as libvirt scales them (src/util/virutil.c, virScaleInteger; the default unit is KiB).</summary>
internal static class MemorySize
{
    /// <summary>The size in bytes; false when it is none, or does not fit.</summary>
    public static bool TryParse(string text, string? unit, out ulong bytes)
    {
        bytes = 0;
        if (!ulong.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) || Scale(unit ?? "KiB") is not { } scale
            || value > ulong.MaxValue / scale)
        {
            return false;
        }

        bytes = value * scale;
        return true;
    }

    private static ulong? Scale(string unit)
    {
        if (unit.Equals("b", StringComparison.OrdinalIgnoreCase) || unit.Equals("bytes", StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        var power = unit.Length == 0 ? -1 : "KMGTPE".IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal);
        ulong? factor = power < 0 ? null : unit[1..].ToUpperInvariant() switch
        {
            "" or "IB" => 1024,
            "B" => 1000,
            _ => null,
        };
        if (factor is null)
        {
            return null;
        }

        var scale = 1UL;
        for (var i = 0; i <= power; i++)
        {
            scale *= factor.Value;
        }

        return scale;
    }
}
