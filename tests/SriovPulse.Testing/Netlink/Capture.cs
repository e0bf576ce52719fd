using System.Runtime.InteropServices;

namespace SriovPulse.Testing.Netlink;

/// <summary>Replies of real kernels, recorded in <c>tests/fixtures/netlink</c>; the README there says of what.</summary>
public static class Capture
{
    /// <summary>Names of all recordings.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Repository.Fixture("netlink"), "*.bin").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];

    /// <summary>The bytes of a recording.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Repository.Fixture("netlink", name + ".bin"));

    /// <summary>The payloads of a recording's messages, the one that ends a dump left out.</summary>
    public static IReadOnlyList<byte[]> Payloads(string name)
    {
        const ushort Done = 3;
        var payloads = new List<byte[]>();
        for (ReadOnlySpan<byte> rest = Read(name); !rest.IsEmpty;)
        {
            var length = MemoryMarshal.Read<int>(rest);
            if (MemoryMarshal.Read<ushort>(rest[4..]) != Done)
            {
                payloads.Add(rest[16..length].ToArray());
            }

            rest = rest[Math.Min(rest.Length, (length + 3) & ~3)..];
        }

        return payloads;
    }
}
