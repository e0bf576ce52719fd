using System.Globalization;

namespace SriovPulse.Benchmarks.Trees;

/// <summary>How big a host tree is.</summary>
/// <param name="PhysicalFunctions">PFs of the host.</param>
/// <param name="VirtualFunctions">VFs of each PF.</param>
internal readonly record struct TreeShape(int PhysicalFunctions, int VirtualFunctions)
{
    /// <summary>The sizes of the published table.</summary>
    public static IReadOnlyList<TreeShape> Published { get; } = [new(2, 16), new(4, 64), new(8, 128)];

    /// <summary>Counter values of the whole host.</summary>
    public int Values => PhysicalFunctions * VirtualFunctions * VfStatistics.Files.Count;

    /// <summary>The VF whose received bytes are raised before each scrape.</summary>
    public (int Pf, int Vf) LastVf => (PhysicalFunctions - 1, VirtualFunctions - 1);

    /// <summary>Reads <c>PFxVF</c>.</summary>
    public static TreeShape Parse(string text)
    {
        var parts = text.Split('x');
        return parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var pfs) && pfs is > 0 and <= 32
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var vfs) && vfs is > 0 and <= 240
                ? new(pfs, vfs)
                : throw new UsageException($"\"{text}\" is no size; expected PFxVF with 1 to 32 PFs and 1 to 240 VFs each, such as 4x64");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PhysicalFunctions}×{VirtualFunctions}");
}
