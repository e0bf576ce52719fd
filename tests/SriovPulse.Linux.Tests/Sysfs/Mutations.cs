using System.Text;

namespace SriovPulse.Linux.Tests.Sysfs;

/// <summary>Texts made from good ones by a few random changes, the same ones in every run.</summary>
internal static class Mutations
{
    private static readonly byte[] s_interesting = "0123456789 \n\t:.-+_eEx\0/TOTALGrx\u007f"u8.ToArray();

    public static IEnumerable<(string Text, byte[] Bytes)> Of(IReadOnlyList<string> seeds, int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var bytes = Encoding.Latin1.GetBytes(seeds[random.Next(seeds.Count)]).ToList();
            for (var changes = random.Next(4); changes > 0; changes--)
            {
                Change(bytes, random);
            }

            yield return (Encoding.Latin1.GetString([.. bytes]), [.. bytes]);
        }
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var value = random.Next(3) == 0 ? (byte)random.Next(256) : s_interesting[random.Next(s_interesting.Length)];
        switch (random.Next(5))
        {
            case 0:
                bytes.Insert(at, value);
                break;
            case 1 when at < bytes.Count:
                bytes[at] = value;
                break;
            case 2 when at < bytes.Count:
                bytes.RemoveAt(at);
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at + 1)));
                break;
        }
    }
}
