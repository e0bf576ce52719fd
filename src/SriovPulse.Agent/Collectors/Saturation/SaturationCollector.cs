using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Sampling;

namespace SriovPulse.Agent.Collectors.Saturation;

/// <summary>What the sampler saw between the scrapes.</summary>
internal sealed class SaturationCollector(Sampler sampler, SamplerOptions options) : ICollector
{
    private readonly SaturationMetrics _metrics = new(options.SaturationThreshold);

    public string Name => "saturation";

    public MetricSet Metrics => _metrics;

    public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
    {
        sampler.Report((_metrics, samples), static (state, pf, now) => Add(state._metrics, pf, now, state.samples));
        samples.Add(_metrics.Interval, LabelSet.Empty, sampler.Interval.TotalSeconds);
        samples.Add(_metrics.Share, LabelSet.Empty, sampler.Share);
        samples.Add(_metrics.Spent, LabelSet.Empty, sampler.SpentSeconds);
        return CollectOutcome.Collected;
    }

    private static void Add(SaturationMetrics metrics, SampledPf pf, double now, SampleBuffer samples)
    {
        if (pf.SamplesPort)
        {
            ref readonly var port = ref pf.Port;
            Add(samples, pf.Pf.Labels, now, port, metrics.PortReceive, metrics.PortTransmit, metrics.PortSampled, metrics.PortReceivePeak, metrics.PortTransmitPeak);
        }

        if (!pf.SamplesVfs)
        {
            return;
        }

        for (var i = 0; i < pf.Vfs.Length; i++)
        {
            if (pf.Bytes[i].IsKnown)
            {
                var labels = pf.Pf.VirtualFunctions[i].Labels;
                Add(samples, labels, now, pf.Vfs[i], metrics.VfReceive, metrics.VfTransmit, metrics.VfSampled, metrics.VfReceivePeak, metrics.VfTransmitPeak);
            }
        }
    }

    private static void Add(
        SampleBuffer samples,
        LabelSet labels,
        double now,
        in SaturationMeter meter,
        MetricFamily receive,
        MetricFamily transmit,
        MetricFamily sampled,
        MetricFamily receivePeak,
        MetricFamily transmitPeak)
    {
        if (meter.HasReceiveLimit)
        {
            samples.Add(receive, labels, meter.ReceiveSaturatedSeconds);
        }

        if (meter.HasTransmitLimit)
        {
            samples.Add(transmit, labels, meter.TransmitSaturatedSeconds);
        }

        samples.Add(sampled, labels, meter.SampledSeconds);
        if (meter.TryGetReceivePeak(now, out var peak))
        {
            samples.Add(receivePeak, labels, peak);
        }

        if (meter.TryGetTransmitPeak(now, out peak))
        {
            samples.Add(transmitPeak, labels, peak);
        }
    }
}
