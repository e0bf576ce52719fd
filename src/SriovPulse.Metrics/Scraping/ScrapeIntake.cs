using System.Globalization;
using System.Text;
using SriovPulse.Metrics.Exposition;
using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Scraping;

/// <summary>Brings one target's expositions into an appender: known series by their text, new ones through labels, limits and relabelling.</summary>
internal sealed class ScrapeIntake(ScrapeJob job, Labels targetLabels)
{
    // As in Prometheus: what a target claims to know of a later future is a clock gone wrong.
    private const long LargestLead = 10 * 60 * 1000;

    private readonly LabelList _labels = new();
    private int _tooFarAhead;

    /// <summary>Samples in the exposition, as far as it was read.</summary>
    public int Scraped { get; private set; }

    /// <summary>Of these: samples that neither relabelling nor a future timestamp kept out.</summary>
    public int Kept { get; private set; }

    /// <summary>Series that the target did not have before.</summary>
    public int SeriesAdded { get; private set; }

    /// <summary>Forgets the counts of the last exposition.</summary>
    public void Reset() => (Scraped, Kept, SeriesAdded, _tooFarAhead) = (0, 0, 0, 0);

    /// <exception cref="ExpositionException">The exposition breaks its format.</exception>
    /// <exception cref="ScrapeException">It goes over a limit.</exception>
    public void Append(ReadOnlySpan<byte> exposition, ExpositionFormat format, IScrapeAppender appender, long scrapeTime)
    {
        Reset();
        var metadata = new FamilyMetadata();
        var reader = new ExpositionReader(exposition, format);
        try
        {
            while (reader.Read())
            {
                if (reader.Kind == EntryKind.Series)
                {
                    Append(ref reader, appender, scrapeTime);
                }
                else
                {
                    metadata.Take(ref reader, appender);
                }
            }
        }
        finally
        {
            Kept = Scraped - _tooFarAhead - appender.Dropped;
        }

        metadata.Flush(appender);
        CheckSampleLimit(Kept);
    }

    private void Append(ref ExpositionReader reader, IScrapeAppender appender, long scrapeTime)
    {
        Scraped++;
        var timestamp = reader.HasTimestamp && job.HonorTimestamps ? reader.Timestamp : scrapeTime;
        if (timestamp > scrapeTime + LargestLead)
        {
            _tooFarAhead++;
        }
        else if (!appender.TryAdd(reader.Series, timestamp, reader.Value))
        {
            var labels = ReadLabels(ref reader);
            SeriesAdded += labels is null ? 0 : 1;
            appender.Add(reader.Series, labels, timestamp, reader.Value);
            CheckSampleLimit(Scraped - _tooFarAhead - appender.Dropped);
        }
    }

    private void CheckSampleLimit(int kept)
    {
        if (job.Limits.Samples > 0 && kept > job.Limits.Samples)
        {
            throw new ScrapeException(string.Create(CultureInfo.InvariantCulture, $"the exposition has more samples than sample_limit, {job.Limits.Samples}"));
        }
    }

    /// <summary>The sample's labels as they are stored; null when relabelling drops it.</summary>
    private Labels? ReadLabels(ref ExpositionReader reader)
    {
        reader.ReadLabels(_labels);
        TargetLabels.Join(_labels, targetLabels, job.HonorLabels);
        if (!Relabeling.Relabeling.Apply(job.SampleRules, _labels))
        {
            return null;
        }

        if (_labels.Get(Labels.MetricName).Length == 0)
        {
            throw reader.Error("metric_relabel_configs leave this sample without a name");
        }

        CheckLabelLimits(ref reader);
        return _labels.ToLabels();
    }

    private void CheckLabelLimits(ref ExpositionReader reader)
    {
        var limits = job.Limits;
        if (limits.Labels > 0 && _labels.Count > limits.Labels)
        {
            throw reader.Error(string.Create(CultureInfo.InvariantCulture, $"this sample has {_labels.Count} labels, and label_limit is {limits.Labels}"));
        }

        for (var i = 0; i < _labels.Count && (limits.LabelNameLength > 0 || limits.LabelValueLength > 0); i++)
        {
            var (name, value) = _labels[i];
            if (limits.LabelNameLength > 0 && Encoding.UTF8.GetByteCount(name) > limits.LabelNameLength)
            {
                throw reader.Error(string.Create(CultureInfo.InvariantCulture, $"the name of the label {name} is longer than label_name_length_limit, {limits.LabelNameLength}"));
            }

            if (limits.LabelValueLength > 0 && Encoding.UTF8.GetByteCount(value) > limits.LabelValueLength)
            {
                throw reader.Error(string.Create(CultureInfo.InvariantCulture, $"the value of the label {name} is longer than label_value_length_limit, {limits.LabelValueLength}"));
            }
        }
    }
}
