using System.Globalization;

namespace SriovPulse.Benchmarks.Floor;

/// <summary>What the benchmark's exporters are told: the root and the port, by the agent's own flag names.</summary>
internal sealed record Arguments(string Root, ushort Port, string[] Rest)
{
    public static Arguments Parse(string[] args)
    {
        var (root, port, rest) = ("/", (ushort)0, new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--path.rootfs" when i + 1 < args.Length:
                    root = args[++i];
                    break;
                case "--web.listen-address" when i + 1 < args.Length:
                    port = ushort.Parse(args[++i].AsSpan()[(args[i].LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
                    break;
                default:
                    rest.Add(args[i]);
                    break;
            }
        }

        return new(root, port, [.. rest]);
    }
}
