using System.Globalization;
using System.Text;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Benchmarks.Store;

/// <summary>Hosts with VFs: the texts of their expositions, their labels, and values that move on with each cycle.</summary>
internal sealed class Fleet
{
    private const double IdleShare = 0.3;

    private readonly Random _random = new(20_260_801);
    private readonly int _vfs;
    private readonly byte[][] _commonTexts;
    private readonly byte[][][] _infoTexts;
    private readonly bool[] _isIdle;

    public Fleet(int hosts, int vfs)
    {
        Hosts = hosts;
        _vfs = vfs;
        SeriesPerHost = VfSeries.All.Length * vfs;
        Values = new double[hosts * SeriesPerHost];
        _commonTexts = [.. Slots().Select(slot => Encoding.UTF8.GetBytes($"{slot.Series.Name}{{{VfText(slot.Vf)}}}"))];
        _infoTexts = [.. Enumerable.Range(0, hosts).Select(host => Slots().Where(static slot => slot.Series.IsInfo)
            .Select(slot => Encoding.UTF8.GetBytes(InfoText(host, slot.Vf, slot.Series))).ToArray())];
        _isIdle = [.. Enumerable.Range(0, hosts * vfs).Select(_ => _random.NextDouble() < IdleShare)];
        for (var i = 0; i < Values.Length; i++)
        {
            var series = VfSeries.All[i % SeriesPerHost / vfs];
            Values[i] = series.Behaviour is Behaviour.Constant ? series.Scale : Math.Floor(_random.NextDouble() * series.Scale * 1e5);
        }
    }

    /// <summary>How many hosts there are.</summary>
    public int Hosts { get; }

    /// <summary>How many series each host has.</summary>
    public int SeriesPerHost { get; }

    /// <summary>The values now, host by host.</summary>
    public double[] Values { get; }

    /// <summary>A host's target labels.</summary>
    public static Labels Target(int host) => Labels.Create(new Label("instance", Instance(host)), new Label("job", "sriovpulse-agent"));

    /// <summary>A series as the host's exposition writes it.</summary>
    public ReadOnlySpan<byte> Text(int host, int at)
    {
        var series = VfSeries.All[at / _vfs];
        return series.IsInfo ? _infoTexts[host][(series.Name == "sriov_vf_info" ? 0 : _vfs) + (at % _vfs)] : _commonTexts[at];
    }

    /// <summary>A series' labels, the target's among them, of new strings as a scrape makes them.</summary>
    public Labels LabelsOf(int host, int at)
    {
        var series = VfSeries.All[at / _vfs];
        var vf = at % _vfs;
        List<Label> labels =
        [
            new(Labels.MetricName, series.Name), new("instance", Instance(host)), new("job", "sriovpulse-agent"),
            new("pf", Pf(vf)), new("vf", vf.ToString(CultureInfo.InvariantCulture)),
        ];
        if (series.IsInfo)
        {
            labels.Add(new Label("pci_address", Address(vf)));
            labels.Add(new Label(series.Name == "sriov_vf_info" ? "mac" : "uuid", Identity(host, vf)));
            labels.Add(new Label("driver", "iavf"));
        }

        return Labels.Create([.. labels]);
    }

    /// <summary>Time passes.</summary>
    public void Advance(double seconds)
    {
        for (var i = 0; i < Values.Length; i++)
        {
            var series = VfSeries.All[i % SeriesPerHost / _vfs];
            var isIdle = _isIdle[(i / SeriesPerHost * _vfs) + (i % _vfs)];
            switch (series.Behaviour)
            {
                case Behaviour.Busy when !isIdle:
                    Values[i] += Math.Floor(series.Scale * seconds * (0.7 + (0.6 * _random.NextDouble())));
                    break;
                case Behaviour.Seldom when !isIdle && _random.NextDouble() < series.Scale:
                    Values[i] += 1 + _random.Next(5);
                    break;
                case Behaviour.Seconds:
                    Values[i] += seconds + (_random.Next(100) / 1000.0);
                    break;
                case Behaviour.Gauge when !isIdle:
                    Values[i] = Math.Floor(series.Scale * (0.7 + (0.6 * _random.NextDouble())));
                    break;
            }
        }
    }

    private static string Instance(int host) => string.Create(CultureInfo.InvariantCulture, $"host-{host:D4}.example.org:9836");

    private static string Pf(int vf) => vf % 2 == 0 ? "enp65s0f0np0" : "enp65s0f1np1";

    private static string Address(int vf) => string.Create(CultureInfo.InvariantCulture, $"0000:41:{vf / 8:x2}.{vf % 8}");

    private static string Identity(int host, int vf) => string.Create(CultureInfo.InvariantCulture, $"52:54:{host >> 8:x2}:{host & 255:x2}:00:{vf:x2}");

    private static string VfText(int vf) => $"pf=\"{Pf(vf)}\",vf=\"{vf}\"";

    private static string InfoText(int host, int vf, VfSeries series) =>
        $"{series.Name}{{{VfText(vf)},pci_address=\"{Address(vf)}\",{(series.Name == "sriov_vf_info" ? "mac" : "uuid")}=\"{Identity(host, vf)}\",driver=\"iavf\"}}";

    private IEnumerable<(VfSeries Series, int Vf)> Slots() =>
        VfSeries.All.SelectMany(series => Enumerable.Range(0, _vfs).Select(vf => (series, vf)));
}
