using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using SriovPulse.Benchmarks.Trees;

namespace SriovPulse.Benchmarks.Scraping;

/// <summary>
/// The last VF's received bytes, which rise before each scrape: an answer without the new value came from a cache and must not be counted.
/// </summary>
internal sealed class RaisedCounter : IDisposable
{
    /// <summary>Which of the VF's counters it is.</summary>
    public const int Counter = 0;

    private readonly SafeFileHandle _file;
    private readonly long _offset;
    private readonly string _series;
    private ulong _value;

    public RaisedCounter(HostTree tree)
    {
        var (pf, vf) = tree.Shape.LastVf;
        var statistics = tree.Statistics(pf, vf);
        var path = Directory.Exists(statistics) ? Path.Combine(statistics, VfStatistics.Files[Counter].File) : statistics;

        // Its line is the only one of the Intel file and the first of the Mellanox file. The value keeps its number of digits, so it is overwritten in place.
        var line = File.ReadLines(path).First();
        var digits = line[(line.LastIndexOf(' ') + 1)..];
        _offset = line.Length - digits.Length;
        _value = ulong.Parse(digits, CultureInfo.InvariantCulture);
        _series = AnswerCheck.Series(pf, vf, Counter);
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
    }

    /// <summary>Raises the counter and returns the line that the next answer must have.</summary>
    public byte[] Raise()
    {
        var text = (++_value).ToString(CultureInfo.InvariantCulture);
        RandomAccess.Write(_file, Encoding.ASCII.GetBytes(text), _offset);
        return Encoding.UTF8.GetBytes($"{_series} {text}\n");
    }

    public void Dispose() => _file.Dispose();
}
