using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Linux.Tests.Netlink;

/// <summary>Something that reads bytes, the bytes to begin with, and how often damaged ones were taken and refused.</summary>
/// <param name="name">Shown when it fails.</param>
/// <param name="read">Reads bytes, and fails the test where the result is impossible.</param>
/// <param name="originals">Good bytes.</param>
public sealed class MutationTarget(string name, MutationTarget.Reader read, IEnumerable<byte[]> originals)
{
    private readonly Mutator[] _mutators = [.. originals.Select(static original => new Mutator(original))];

    /// <summary>Reads bytes.</summary>
    public delegate void Reader(ReadOnlySpan<byte> bytes);

    /// <summary>Shown when it fails.</summary>
    public string Name => name;

    /// <summary>How many damaged buffers were read to their end.</summary>
    public long Taken { get; private set; }

    /// <summary>How many damaged buffers were refused as documented.</summary>
    public long Refused { get; private set; }

    /// <summary>Reads one damaged buffer.</summary>
    public void Run(ref FuzzRandom random)
    {
        var bytes = _mutators[random.Below(_mutators.Length)].Mutate(ref random);
        try
        {
            read(bytes);
            Taken++;
        }
        catch (Exception documented) when (documented is NetlinkFormatException or NetlinkException)
        {
            Refused++;
        }
        catch (Exception other)
        {
            throw new InvalidOperationException($"{name} failed on {bytes.Length} bytes {Convert.ToHexString(bytes)}", other);
        }
    }
}
