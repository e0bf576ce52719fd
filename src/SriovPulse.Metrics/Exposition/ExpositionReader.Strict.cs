using System.Text;
using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Exposition;

public ref partial struct ExpositionReader
{
    // Characters of an exemplar's label names and values together (OpenMetrics 1.0, "Exemplars").
    private const int ExemplarLimit = 128;

    private readonly void CheckSample()
    {
        var labels = _rules!.Labels;
        ReadLabels(labels);
        var name = Encoding.UTF8.GetString(_text.Bytes[_seriesStart.._nameEnd]);
        labels.Remove(PromQL.Series.Labels.MetricName);
        Check(_rules.Sample(name, Value, HasTimestamp ? _timestampSeconds : null, HasExemplar));
        if (HasExemplar)
        {
            CheckExemplar(labels);
        }
    }

    private readonly void CheckExemplar(LabelList scratch)
    {
        scratch.Clear();
        var characters = 0;
        var reader = new LabelReader(_text, _exemplarLabels + 1, _syntax);
        while (reader.Read())
        {
            var name = Encoding.UTF8.GetString(reader.Name);
            var value = EscapedText.Decode(reader.Value);
            scratch.Add(name, value);
            characters += name.Length;
            foreach (var _ in value.EnumerateRunes())
            {
                characters++;
            }
        }

        if (scratch.RepeatedName() is { } repeated)
        {
            _text.Fail($"the exemplar's label {repeated} is there twice", _exemplarLabels);
        }

        if (characters > ExemplarLimit)
        {
            _text.Fail($"an exemplar's labels have at most {ExemplarLimit} characters, these have {characters}", _exemplarLabels);
        }
    }
}
