using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Snapshots;
using SriovPulse.Agent.Tests.Otlp.Protocol;
using Metric = SriovPulse.Agent.Tests.Otlp.Protocol.Metric;

namespace SriovPulse.Agent.Tests.Otlp.Wire;

public sealed class MetricsEncoderTests
{
    private const long Created = 1_700_000_000_123;

    private readonly ExampleMetrics _metrics = new();

    [Fact]
    public void Counter_becomes_a_monotonic_cumulative_sum_that_started_when_the_sample_says()
    {
        _metrics.Samples.Add(_metrics.Bytes, ExampleMetrics.Vf(3), 42UL, Created);

        var metric = Assert.Single(Decoded.Metrics(_metrics.Snapshot()));

        Assert.Equal("sriov_vf_receive_bytes_total", metric.Name);
        Assert.Equal("Bytes towards the VF.", metric.Description);
        Assert.Equal("By", metric.Unit);
        Assert.Equal("prometheus.type=counter", metric.Metadata.Text());
        Assert.Equal(Metric.DataOneofCase.Sum, metric.DataCase);
        Assert.True(metric.Sum.IsMonotonic);
        Assert.Equal(AggregationTemporality.Cumulative, metric.Sum.AggregationTemporality);
        var point = Assert.Single(metric.Sum.DataPoints);
        Assert.Equal("pf=ens1,vf=3", point.Attributes.Text());
        Assert.Equal(42, point.AsInt);
        Assert.Equal(1_700_000_000_123_000_000UL, point.StartTimeUnixNano);
        Assert.Equal((ulong)ExampleMetrics.Taken.ToUnixTimeMilliseconds() * 1_000_000, point.TimeUnixNano);
    }

    [Fact]
    public void Counter_of_unknown_age_has_no_start()
    {
        _metrics.Samples.Add(_metrics.Packets, ExampleMetrics.Vf(0), 42UL);

        var point = Assert.Single(Assert.Single(Decoded.Metrics(_metrics.Snapshot())).Points());

        Assert.Equal(0UL, point.StartTimeUnixNano);
        Assert.NotEqual(0UL, point.TimeUnixNano);
    }

    [Fact]
    public void Gauge_becomes_a_gauge_without_a_start()
    {
        _metrics.Samples.Add(_metrics.Up, LabelSet.Create(("pf", "ens1")), true);
        _metrics.Samples.Add(_metrics.Rate, ExampleMetrics.Vf(0), 12.5e6, Created);

        var metrics = Decoded.Metrics(_metrics.Snapshot());

        Assert.All(metrics, metric => Assert.Equal(Metric.DataOneofCase.Gauge, metric.DataCase));
        Assert.All(metrics, metric => Assert.Equal("prometheus.type=gauge", metric.Metadata.Text()));
        Assert.All(metrics, metric => Assert.Equal(0UL, Assert.Single(metric.Points()).StartTimeUnixNano));
        Assert.Equal(12.5e6, metrics[0].Gauge.DataPoints[0].AsDouble);
        Assert.Equal("{By/s}", metrics[0].Unit);
        Assert.Equal(1, metrics[1].Gauge.DataPoints[0].AsInt);
        Assert.Equal(string.Empty, metrics[1].Unit);
    }

    [Fact]
    public void Info_becomes_a_sum_of_one_that_is_not_monotonic()
    {
        _metrics.Samples.AddOne(_metrics.VfInfo, LabelSet.Create(("pf", "ens1"), ("vf", "0"), ("mac", "52:54:00:00:00:01")));

        var metric = Assert.Single(Decoded.Metrics(_metrics.Snapshot()));

        Assert.Equal("sriov_vf_info", metric.Name);
        Assert.Equal("prometheus.type=info", metric.Metadata.Text());
        Assert.Equal(Metric.DataOneofCase.Sum, metric.DataCase);
        Assert.False(metric.Sum.IsMonotonic);
        Assert.Equal(AggregationTemporality.Cumulative, metric.Sum.AggregationTemporality);
        var point = Assert.Single(metric.Sum.DataPoints);
        Assert.Equal(1, point.AsInt);
        Assert.Equal("pf=ens1,vf=0,mac=52:54:00:00:00:01", point.Attributes.Text());
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData((1UL << 53) + 1)]
    [InlineData((ulong)long.MaxValue)]
    public void Integer_keeps_all_its_bits(ulong value)
    {
        _metrics.Samples.Add(_metrics.Packets, LabelSet.Empty, value);

        var point = Assert.Single(Assert.Single(Decoded.Metrics(_metrics.Snapshot())).Points());

        Assert.Equal(NumberDataPoint.ValueOneofCase.AsInt, point.ValueCase);
        Assert.Equal((long)value, point.AsInt);
    }

    [Theory]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void Integer_that_a_signed_one_cannot_hold_is_rounded_and_never_negative(ulong value)
    {
        _metrics.Samples.Add(_metrics.Packets, LabelSet.Empty, value);

        var point = Assert.Single(Assert.Single(Decoded.Metrics(_metrics.Snapshot())).Points());

        Assert.Equal(NumberDataPoint.ValueOneofCase.AsDouble, point.ValueCase);
        Assert.Equal((double)value, point.AsDouble);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.5)]
    [InlineData(double.Epsilon)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Double_stays_a_double(double value)
    {
        _metrics.Samples.Add(_metrics.Up, LabelSet.Empty, value);

        var point = Assert.Single(Assert.Single(Decoded.Metrics(_metrics.Snapshot())).Points());

        Assert.Equal(NumberDataPoint.ValueOneofCase.AsDouble, point.ValueCase);
        Assert.Equal(value, point.AsDouble);
    }

    [Fact]
    public void Family_without_samples_is_left_out_and_nothing_makes_no_request()
    {
        var encoder = Decoded.Encoder();

        encoder.Encode(_metrics.Snapshot());

        Assert.Equal(0, encoder.RequestCount);
        Assert.Equal(0, encoder.PointCount);
    }

    [Fact]
    public void Vanished_series_vanishes()
    {
        var encoder = Decoded.Encoder();
        _metrics.Samples.Add(_metrics.Bytes, ExampleMetrics.Vf(0), 1UL);
        _metrics.Samples.Add(_metrics.Bytes, ExampleMetrics.Vf(1), 2UL);
        Assert.Equal(2, Points(encoder).Count);

        _metrics.Samples.Clear();
        _metrics.Samples.Add(_metrics.Bytes, ExampleMetrics.Vf(1), 3UL);

        Assert.Equal("pf=ens1,vf=1", Assert.Single(Points(encoder)).Attributes.Text());
    }

    [Fact]
    public void Recreated_vf_starts_anew()
    {
        var encoder = Decoded.Encoder();
        _metrics.Samples.Add(_metrics.Bytes, ExampleMetrics.Vf(0), 1_000_000UL, Created);
        Assert.Equal((ulong)Created * 1_000_000, Assert.Single(Points(encoder)).StartTimeUnixNano);

        _metrics.Samples.Clear();
        _metrics.Samples.Add(_metrics.Bytes, ExampleMetrics.Vf(0), 5UL, Created + 60_000);

        var point = Assert.Single(Points(encoder));
        Assert.Equal(5, point.AsInt);
        Assert.Equal((ulong)(Created + 60_000) * 1_000_000, point.StartTimeUnixNano);
    }

    [Fact]
    public void Request_says_who_sends_it()
    {
        _metrics.Samples.Add(_metrics.Up, LabelSet.Empty, true);

        var resource = Assert.Single(Assert.Single(Decoded.Requests(Decoded.Encoder(), _metrics.Snapshot())).ResourceMetrics);

        Assert.Equal("service.name=sriovpulse-agent,host.name=h1", resource.Resource.Attributes.Text());
        var scope = Assert.Single(resource.ScopeMetrics).Scope;
        Assert.Equal(("sriovpulse-agent", "1.2.3"), (scope.Name, scope.Version));
    }

    [Fact]
    public void Sections_of_several_collectors_go_together()
    {
        var other = new ExampleMetrics();
        _metrics.Samples.Add(_metrics.Up, LabelSet.Empty, true);
        other.Samples.Add(other.Bytes, LabelSet.Empty, 1UL);
        var snapshot = new Snapshot(1, ExampleMetrics.Taken, 0, [new("one", _metrics.Samples), new("two", other.Samples)], static _ => { });

        Assert.Equal(["sriov_pf_up", "sriov_vf_receive_bytes_total"], Decoded.Metrics(snapshot).Select(metric => metric.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("größe \u2603 \U0001F600 \"quoted\"\n\\")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public void Label_text_arrives_as_it_is(string text)
    {
        _metrics.Samples.AddOne(_metrics.VfInfo, LabelSet.Create(("name", text), ("vf", "1")));

        var attributes = Assert.Single(Assert.Single(Decoded.Metrics(_metrics.Snapshot())).Points()).Attributes;

        Assert.Equal(text.Length == 0 ? "vf=1" : $"name={text},vf=1", attributes.Text());
    }

    [Fact]
    public void Large_snapshot_is_split_and_nothing_is_lost_or_doubled()
    {
        const int Bound = 4000;
        for (var vf = 0; vf < 500; vf++)
        {
            _metrics.Samples.Add(_metrics.Bytes, ExampleMetrics.Vf(vf), (ulong)vf);
            _metrics.Samples.Add(_metrics.Rate, ExampleMetrics.Vf(vf), vf + 0.5);
        }

        var encoder = Decoded.Encoder(Bound);
        var requests = Decoded.Requests(encoder, _metrics.Snapshot());

        Assert.True(requests.Count > 10, $"{requests.Count} requests");
        Assert.All(Enumerable.Range(0, encoder.RequestCount), i => Assert.InRange(encoder.Request(i).Length, 1, Bound + 200));
        Assert.All(requests, request => Assert.Equal("service.name=sriovpulse-agent,host.name=h1", Assert.Single(request.ResourceMetrics).Resource.Attributes.Text()));
        Assert.All(requests.SelectMany(Decoded.Metrics), metric => Assert.NotEmpty(metric.Points()));
        Assert.Equal(1000, encoder.PointCount);
        var sent = requests.SelectMany(Decoded.Metrics).SelectMany(metric => metric.Points().Select(point => $"{metric.Name} {point.Attributes.Text()}")).ToList();
        Assert.Equal(1000, sent.Count);
        Assert.Equal(1000, sent.Distinct().Count());
    }

    [Fact]
    public void Encoding_twenty_thousand_samples_again_and_again_allocates_nothing()
    {
        for (var vf = 0; vf < 4000; vf++)
        {
            var labels = ExampleMetrics.Vf(vf);
            _metrics.Samples.Add(_metrics.Bytes, labels, (ulong)vf, Created);
            _metrics.Samples.Add(_metrics.Packets, labels, (ulong)vf);
            _metrics.Samples.Add(_metrics.Rate, labels, vf + 0.5);
            _metrics.Samples.Add(_metrics.Up, labels, true);
            _metrics.Samples.AddOne(_metrics.VfInfo, labels);
        }

        var snapshot = _metrics.Snapshot();
        var encoder = Decoded.Encoder();
        encoder.Encode(snapshot);
        Assert.Equal(20_000, encoder.PointCount);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            encoder.Encode(snapshot);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private List<NumberDataPoint> Points(SriovPulse.Agent.Otlp.Wire.MetricsEncoder encoder) =>
        [.. Decoded.Requests(encoder, _metrics.Snapshot()).SelectMany(Decoded.Metrics).SelectMany(metric => metric.Points())];
}
