using System.Globalization;
using System.Text;
using SriovPulse.Benchmarks.Trees;

namespace SriovPulse.Benchmarks.Scraping;

/// <summary>A fast wrong answer is worth nothing: these hold an exporter to the tree that it was given.</summary>
internal static class AnswerCheck
{
    /// <summary>Every counter of every VF is there with the value that the generator wrote, except the one that rises.</summary>
    /// <param name="text">The exposition.</param>
    /// <param name="shape">The tree's size.</param>
    /// <param name="gone">A VF that must not be there, as PF and VF number; null when all must be.</param>
    /// <exception cref="InvalidDataException">A series is missing, unexpected or wrong.</exception>
    public static void Values(byte[] text, TreeShape shape, (int Pf, int Vf)? gone)
    {
        var seen = new Dictionary<string, string>(shape.Values);
        foreach (var line in Encoding.UTF8.GetString(text).Split('\n'))
        {
            var end = line.LastIndexOf(' ');
            if (end > 0 && VfStatistics.Files.Any(f => line.StartsWith(f.Family + "{", StringComparison.Ordinal)))
            {
                seen.Add(line[..end], line[(end + 1)..]);
            }
        }

        for (var pf = 0; pf < shape.PhysicalFunctions; pf++)
        {
            for (var vf = 0; vf < shape.VirtualFunctions; vf++)
            {
                for (var counter = 0; counter < VfStatistics.Files.Count; counter++)
                {
                    if ((pf, vf) != gone)
                    {
                        Value(seen, pf, vf, counter, isRaised: (pf, vf) == shape.LastVf && counter == RaisedCounter.Counter);
                    }
                }
            }
        }

        if (seen.Count > 0)
        {
            throw new InvalidDataException($"{seen.Count} series are not of this tree, such as {seen.First().Key}");
        }
    }

    /// <summary>Name and labels of a series, as all exporters here write them.</summary>
    public static string Series(int pf, int vf, int counter) =>
        string.Create(CultureInfo.InvariantCulture, $"{VfStatistics.Files[counter].Family}{{pf=\"{HostTree.Netdev(pf)}\",vf=\"{vf}\"}}");

    private static void Value(Dictionary<string, string> seen, int pf, int vf, int counter, bool isRaised)
    {
        var series = Series(pf, vf, counter);
        if (!seen.Remove(series, out var value))
        {
            throw new InvalidDataException($"{series} is missing");
        }

        var expected = VfStatistics.Value(pf, vf, counter).ToString(CultureInfo.InvariantCulture);
        if (value != expected && !isRaised)
        {
            throw new InvalidDataException($"{series} is {value}, expected {expected}");
        }
    }
}
