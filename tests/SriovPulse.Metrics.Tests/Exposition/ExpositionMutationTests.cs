using System.Globalization;
using System.Text;
using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Ingest;
using SriovPulse.Testing;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Metrics.Tests.Exposition;

/// <summary>
/// Damaged expositions, in great number: reading ends, within bounds, or with the exception that it documents; what strict reading takes, the scrape
/// mode takes with the same samples. SRIOVPULSE_FUZZ_ITERATIONS sets how many, SRIOVPULSE_FUZZ_SEED another seed.
/// </summary>
public sealed class ExpositionMutationTests
{
    private const ulong DefaultIterations = 100_000;
    private const ulong DefaultSeed = 20_260_802;

    private readonly LabelList _labels = new();
    private readonly LabelList _otherLabels = new();
    private readonly byte[] _help = new byte[65536];
    private readonly long[] _taken = new long[3];
    private readonly long[] _refused = new long[3];

    [Fact]
    public void Damaged_expositions_are_read_or_refused()
    {
        var iterations = Setting("SRIOVPULSE_FUZZ_ITERATIONS", DefaultIterations);
        var seed = Setting("SRIOVPULSE_FUZZ_SEED", DefaultSeed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{iterations} iterations with seed {seed}");
        var text = new ExpositionMutator(TextOriginals());
        var openMetrics = new ExpositionMutator(OpenMetricsOriginals());
        for (var i = 0UL; i < iterations; i++)
        {
            var random = new FuzzRandom(seed, i);
            var format = (ExpositionFormat)random.Below(3);
            var exposition = (format == ExpositionFormat.PrometheusText ? text : openMetrics).Mutate(ref random);
            try
            {
                Run(exposition, format);
                _taken[(int)format]++;
            }
            catch (ExpositionException refused)
            {
                Assert.InRange(refused.Line, 1, 1 + exposition.Count((byte)'\n'));
                Assert.InRange(refused.Column, 1, exposition.Length + 1);
                _refused[(int)format]++;
            }
            catch (Exception other)
            {
                Assert.Fail($"iteration {i} of seed {seed}, {format}, {Convert.ToHexString(exposition)}: {other}");
            }
        }

        foreach (var format in Enum.GetValues<ExpositionFormat>())
        {
            var (taken, refused) = (_taken[(int)format], _refused[(int)format]);
            TestContext.Current.TestOutputHelper?.WriteLine($"{format}: {taken} taken, {refused} refused");
            if (iterations >= 100_000)
            {
                // Otherwise the damage is too light or too heavy to say anything.
                Assert.True(taken > refused / 50 && refused > taken / 50, $"{format}: {taken} taken, {refused} refused");
            }
        }
    }

    private void Run(ReadOnlySpan<byte> exposition, ExpositionFormat format)
    {
        if (format == ExpositionFormat.StrictOpenMetrics)
        {
            Compare(exposition);
            return;
        }

        var reader = new ExpositionReader(exposition, format);
        for (var entries = 0; reader.Read(); entries++)
        {
            Require(entries < exposition.Length, "no progress");
            if (reader.Kind == EntryKind.Series)
            {
                Require(reader.Series.Length > 0 && exposition.Overlaps(reader.Series), "a series from elsewhere");
                Require(double.IsNaN(reader.Value) || !Staleness(reader.Value), "a staleness marker");
                reader.ReadLabels(_labels);
                Require(_labels.ToLabels().Name.Length > 0, "no name");
            }
            else
            {
                Require(!reader.Family.IsEmpty && exposition.Overlaps(reader.Family), "a family from elsewhere");
                Require(reader.ReadHelp(_help).Length <= reader.Text.Length, "help grew");
            }
        }
    }

    /// <summary>Entry by entry: what the strict reader takes is for the scrape mode the same.</summary>
    private void Compare(ReadOnlySpan<byte> exposition)
    {
        var strict = new ExpositionReader(exposition, ExpositionFormat.StrictOpenMetrics);
        var lax = new ExpositionReader(exposition, ExpositionFormat.OpenMetrics);
        while (strict.Read())
        {
            try
            {
                Require(lax.Read(), "the scrape mode ended early");
                Require(lax.Kind == strict.Kind && lax.Value.Equals(strict.Value) && lax.Series.SequenceEqual(strict.Series), "another entry");
                Require(lax.HasTimestamp == strict.HasTimestamp && lax.Timestamp == strict.Timestamp, "another timestamp");
                Require(lax.Family.SequenceEqual(strict.Family) && lax.Text.SequenceEqual(strict.Text), "another text");
                if (strict.Kind == EntryKind.Series)
                {
                    strict.ReadLabels(_labels);
                    lax.ReadLabels(_otherLabels);
                    Require(_labels.ToLabels().Equals(_otherLabels.ToLabels()), "other labels");
                }
            }
            catch (ExpositionException refused)
            {
                throw new InvalidDataException("only the strict mode takes it", refused);
            }
        }

        Require(!lax.Read(), "the strict mode ended early");
    }

    private static bool Staleness(double value) => PromQL.Series.Staleness.IsMarker(value);

    private static ulong Setting(string name, ulong otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static byte[][] TextOriginals() =>
    [
        .. new[]
        {
            "# HELP a_total help \\\\ text\n# TYPE a_total counter\na_total{pf=\"ens1f0\",vf=\"12\"} 1.8446744073709552e+19 1700000000000\na_total{pf=\"ens1f0\",vf=\"13\"} 0\n",
            "# TYPE h histogram\nh_bucket{le=\"0.5\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 3.25\nh_count 2\n\n# a comment\nuntyped -Inf\n",
            "# TYPE s summary\ns{quantile=\"0.5\",job=\"a \\\"b\\\" \\n c\"} NaN\ns_sum 1\ns_count 1\n{\"utf8.name\", \"a b\"=\"é☃\"} 1\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static byte[][] OpenMetricsOriginals() =>
    [
        .. new[]
        {
            "# HELP sriov_vf_bytes Bytes\n# TYPE sriov_vf_bytes counter\n# UNIT sriov_vf_bytes bytes\nsriov_vf_bytes_total{pf=\"ens1f0\",vf=\"12\"} 123456789 1700000000.25 # {trace=\"x\"} 1 2\n# EOF\n",
            "# TYPE h histogram\nh_bucket{le=\"0.5\"} 1 # {a=\"b\"} 0.5\nh_bucket{le=\"+Inf\"} 2\nh_sum 3.25\nh_count 2\nh_created 1\n# EOF\n",
            "# TYPE g gaugehistogram\ng_bucket{le=\"+Inf\"} 2\ng_gsum 3.25\ng_gcount 2\n# TYPE i info\ni_info{x=\"y\"} 1\n# TYPE t stateset\nt{t=\"on\"} 1\nt{t=\"off\"} 0\n# EOF",
            "# TYPE s summary\ns{quantile=\"0.5\",job=\"a \\\"b\\\" \\n c\"} NaN\ns_sum 1\ns_count 1\n# TYPE u unknown\nu 1e-3\n# EOF\n",
        }.Select(Encoding.UTF8.GetBytes),
        .. Repository.SharedData("openmetrics", "parsers") is { } folder
            ? Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(static path => File.ReadAllBytes(Path.Combine(path, "metrics"))).Where(IsGood)
            : [],
    ];

    /// <summary>From an original that is refused at once little can be learnt.</summary>
    private static bool IsGood(byte[] original)
    {
        try
        {
            return Reading.Samples(original, ExpositionFormat.StrictOpenMetrics).Count > 0;
        }
        catch (ExpositionException)
        {
            return false;
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
