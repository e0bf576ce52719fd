using System.Globalization;
using System.Text;

namespace SriovPulse.Differential;

/// <summary>
/// Forty minutes of three hosts as OpenMetrics: counters with resets, gauges, info series, classic histograms; series that come, go and pause;
/// scrapes that are missing; values that are no numbers.
/// </summary>
internal sealed class FleetHistory(int seed)
{
    /// <summary>The first scrapes, milliseconds since 1970.</summary>
    public const long Start = 1_780_000_000_000;

    /// <summary>After the last scrapes.</summary>
    public const long End = Start + (40 * 60_000);

    /// <summary>Time between two scrapes.</summary>
    public const long Interval = 15_000;

    private const int Hosts = 3;
    private const int Pfs = 2;
    private const int Vfs = 4;
    // Written as Prometheus 3 normalises them; the promtool of version 2 does not.
    private static readonly string[] s_bounds = ["0.005", "0.05", "0.5", "5.0"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public string ToOpenMetrics()
    {
        Family("sriov_vf_receive_bytes", "counter", (labels, pf, vf) => Counter("sriov_vf_receive_bytes_total", labels, pf, vf, 1e6 * (1 + vf)));
        Family("sriov_vf_transmit_bytes", "counter", (labels, pf, vf) => Counter("sriov_vf_transmit_bytes_total", labels, pf, vf, vf == 3 ? 0 : 4e5));
        Family("sriov_vf_transmit_max_rate_bytes_per_second", "gauge", (labels, pf, vf) =>
        {
            if (vf != 1)
            {
                Series("sriov_vf_transmit_max_rate_bytes_per_second", labels, pf, vf, _ => 1.25e8 * (1 + vf));
            }
        });
        Family("sriov_vf_receive_peak_bytes_per_second", "gauge", (labels, pf, vf) =>
            Series("sriov_vf_receive_peak_bytes_per_second", labels, pf, vf, _ => Math.Round(_random.NextDouble() * 2e8, 3)));
        Family("sriov_vf", "info", (labels, pf, vf) =>
            Series("sriov_vf_info", $"{labels},pci_address=\"0000:{pf:x2}:02.{vf}\",driver=\"{(pf == 0 ? "iavf" : "mlx5_core")}\"", pf, vf, _ => 1));
        Family("sriov_vf_workload", "info", (labels, pf, vf) =>
        {
            if (vf < 3)
            {
                Series("sriov_vf_workload_info", $"{labels},kind=\"{(vf == 0 ? "pod" : "vm")}\",name=\"w{vf}\"", pf, vf, _ => 1);
            }
        });
        PfFamily("sriov_pf_speed_bytes_per_second", "gauge", (labels, pf) => Series("sriov_pf_speed_bytes_per_second", labels, pf, 0, _ => 3.125e9));
        PfFamily("sriov_pf_temperature_celsius", "gauge", (labels, pf) => Series("sriov_pf_temperature_celsius", labels, pf, 0, Temperature));
        PfFamily("sriov_pf_poll_seconds", "histogram", Histogram);
        return _text.Append("# EOF\n").ToString();
    }

    private double Temperature(int scrape) => (scrape % 37) switch
    {
        11 => double.NaN,
        23 => double.PositiveInfinity,
        29 => double.NegativeInfinity,
        _ => Math.Round((_random.NextDouble() * 40) - 10, 2),
    };

    private void Family(string name, string type, Action<string, int, int> each)
    {
        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");
        for (var i = 0; i < Hosts * Pfs * Vfs; i++)
        {
            var (host, pf, vf) = (i / (Pfs * Vfs), i / Vfs % Pfs, i % Vfs);
            each($"instance=\"host{host}:9836\",job=\"agent\",pf=\"ens{pf}\",vf=\"{vf}\"", pf, vf);
        }
    }

    private void PfFamily(string name, string type, Action<string, int> each)
    {
        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");
        for (var i = 0; i < Hosts * Pfs; i++)
        {
            each($"instance=\"host{i / Pfs}:9836\",job=\"agent\",pf=\"ens{i % Pfs}\"", i % Pfs);
        }
    }

    private void Counter(string name, string labels, int pf, int vf, double perScrape)
    {
        var value = Math.Round(_random.NextDouble() * 1e9);
        Series(name, labels, pf, vf, _ => value = _random.Next(40) == 0 ? Math.Round(_random.NextDouble() * 1000) : value + Math.Round(_random.NextDouble() * perScrape));
    }

    private void Histogram(string labels, int pf)
    {
        // The values of all series of a scrape belong together, so they are made first.
        var scrapes = (int)((End - Start) / Interval);
        var counts = new double[scrapes][];
        var running = new double[s_bounds.Length + 1];
        for (var scrape = 0; scrape < scrapes; scrape++)
        {
            var step = 0;
            for (var bucket = 0; bucket <= s_bounds.Length; bucket++)
            {
                running[bucket] += step += _random.Next(6);
            }

            counts[scrape] = [.. running];
        }

        for (var bucket = 0; bucket <= s_bounds.Length; bucket++)
        {
            var (at, bound) = (bucket, bucket == s_bounds.Length ? "+Inf" : s_bounds[bucket]);
            Series("sriov_pf_poll_seconds_bucket", $"{labels},le=\"{bound}\"", pf, 0, scrape => counts[scrape][at]);
        }

        Series("sriov_pf_poll_seconds_count", labels, pf, 0, scrape => counts[scrape][^1]);
        Series("sriov_pf_poll_seconds_sum", labels, pf, 0, scrape => counts[scrape][^1] * 0.125);
    }

    // Each target is scraped at its own offset, the first on the full second so that some samples fall on the times that are asked for.
    private void Series(string name, string labels, int pf, int vf, Func<int, double> value)
    {
        var host = labels["instance=\"host".Length] - '0';
        var offset = host * 1_003L;
        for (var scrape = 0; scrape < (End - Start) / Interval; scrape++)
        {
            var number = value(scrape);
            var isThere = (host, pf, vf) switch
            {
                (1, 0, 2) => scrape is < 40 or > 75,
                (2, 1, 1) => scrape > 60,
                (0, 1, 3) => scrape < 100,
                (2, _, _) => scrape % 17 is not (3 or 4),
                _ => true,
            };
            if (isThere)
            {
                _text.Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {Text(number)} {(Start + offset + (scrape * Interval)) / 1000m}\n");
            }
        }
    }

    private static string Text(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? value > 0 ? "+Inf" : "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
