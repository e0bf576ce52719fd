using System.Text;

namespace SriovPulse.Benchmarks.Floor;

/// <summary>
/// The counter files of a host tree, found once at start. A collection copies their text, unparsed, behind prepared names into one buffer:
/// what any exporter must at least do, and nothing that it might also do.
/// </summary>
internal sealed class CounterFiles
{
    private static readonly (string File, string Family)[] s_counters =
    [
        ("rx_bytes", "sriov_vf_receive_bytes_total"),
        ("tx_bytes", "sriov_vf_transmit_bytes_total"),
        ("rx_packets", "sriov_vf_receive_packets_total"),
        ("tx_packets", "sriov_vf_transmit_packets_total"),
        ("rx_broadcast", "sriov_vf_receive_broadcast_packets_total"),
        ("rx_multicast", "sriov_vf_receive_multicast_packets_total"),
        ("rx_dropped", "sriov_vf_receive_dropped_packets_total"),
        ("tx_dropped", "sriov_vf_transmit_dropped_packets_total"),
    ];

    private const int LongestValue = 24;

    private readonly byte[][] _headers = [.. s_counters.Select(c => Encoding.UTF8.GetBytes($"# TYPE {c.Family} counter\n"))];
    private readonly byte[][] _families = [.. s_counters.Select(c => Encoding.UTF8.GetBytes(c.Family))];
    private readonly byte[][] _labels;
    private readonly int[] _directories;
    private readonly byte[][] _paths;
    private readonly int[]? _kept;
    private readonly byte[] _values;
    private readonly byte[] _lengths;

    public CounterFiles(string root, bool keepOpen)
    {
        var labels = new List<byte[]>();
        var directories = new List<int>();
        var paths = new List<byte[]>();
        foreach (var netdev in Directory.GetDirectories(Path.Combine(root, "sys/class/net")).Order(StringComparer.Ordinal))
        {
            var vfs = Path.Combine(netdev, "device/sriov");
            if (!Directory.Exists(vfs))
            {
                continue;
            }

            var directory = Libc.Check(Libc.OpenAt(
                Libc.CurrentDirectory, Terminated(vfs), Libc.ReadOnly | Libc.Directory | Libc.CloseOnExec));
            foreach (var vf in Directory.GetDirectories(vfs).Select(Path.GetFileName).OrderBy(name => int.Parse(name!, null)))
            {
                labels.Add(Encoding.UTF8.GetBytes($"{{pf=\"{Path.GetFileName(netdev)}\",vf=\"{vf}\"}} "));
                foreach (var (file, _) in s_counters)
                {
                    directories.Add(directory);
                    paths.Add(Terminated($"{vf}/stats/{file}"));
                }
            }
        }

        _labels = [.. labels];
        _directories = [.. directories];
        _paths = [.. paths];
        _values = new byte[_paths.Length * LongestValue];
        _lengths = new byte[_paths.Length];
        _kept = keepOpen ? [.. _paths.Select((_, i) => Open(i))] : null;
        Exposition = new byte[(_paths.Length * 128) + 1024];
    }

    /// <summary>The text of the last collection.</summary>
    public byte[] Exposition { get; }

    /// <summary>Reads every counter and returns the length of <see cref="Exposition"/>.</summary>
    public int Collect()
    {
        for (var i = 0; i < _paths.Length; i++)
        {
            var value = _values.AsSpan(i * LongestValue, LongestValue);
            nint length;
            if (_kept is not null)
            {
                length = Libc.ReadAt(_kept[i], value, value.Length, 0);
            }
            else
            {
                var file = Open(i);
                length = Libc.Read(file, value, value.Length);
                _ = Libc.Close(file);
            }

            _lengths[i] = (byte)Libc.Check((int)length);
        }

        var at = 0;
        for (var family = 0; family < _families.Length; family++)
        {
            Append(_headers[family], ref at);
            for (var vf = 0; vf < _labels.Length; vf++)
            {
                var i = (vf * _families.Length) + family;
                Append(_families[family], ref at);
                Append(_labels[vf], ref at);
                Append(_values.AsSpan(i * LongestValue, _lengths[i]), ref at);
            }
        }

        return at;
    }

    private static byte[] Terminated(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

    private int Open(int i) => Libc.Check(Libc.OpenAt(_directories[i], _paths[i], Libc.ReadOnly | Libc.CloseOnExec));

    private void Append(ReadOnlySpan<byte> text, ref int at)
    {
        text.CopyTo(Exposition.AsSpan(at));
        at += text.Length;
    }
}
