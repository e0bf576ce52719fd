using SriovPulse.Metrics.Ingest;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Exposition;

/// <summary>
/// Reads an exposition entry by entry, without copying and, but for strict reading, without allocating.
/// <para>
/// A sample's <see cref="Series"/> is the text that identifies it. Whoever knows the text needs no labels: <see cref="Read"/> finds where the text
/// ends, and its inside is checked by <see cref="ReadLabels"/> alone. So a text must have gone through that once before it is taken as known.
/// </para>
/// <para>What is wrong is an <see cref="ExpositionException"/> with line and column; the reader cannot go on after one.</para>
/// </summary>
public ref partial struct ExpositionReader
{
    private readonly ExpositionText _text;
    private readonly ExpositionFormat _format;
    private readonly LabelSyntax _syntax;
    private readonly bool _isFinal;
    private readonly OpenMetricsRules? _rules;
    private int _position;
    private int _start;
    private int _seriesStart;
    private int _nameEnd;
    private MetricKind _lastKind;
    private bool _ended;
    private double _timestampSeconds;
    private int _exemplarLabels;

    /// <summary>Reads a whole exposition.</summary>
    public ExpositionReader(ReadOnlySpan<byte> exposition, ExpositionFormat format)
        : this(exposition, isFinal: true, new ExpositionReaderState(format))
    {
    }

    /// <summary>Reads a part of an exposition, which must end behind a line feed unless it is the last.</summary>
    public ExpositionReader(ReadOnlySpan<byte> part, bool isFinal, ExpositionReaderState state)
    {
        _text = new ExpositionText(part, state.Line);
        _format = state.Format;
        _syntax = state.Format switch
        {
            ExpositionFormat.PrometheusText => LabelSyntax.PrometheusText,
            ExpositionFormat.OpenMetrics => LabelSyntax.OpenMetrics,
            _ => LabelSyntax.Strict,
        };
        _isFinal = isFinal;
        _rules = state.Rules;
        _lastKind = state.LastKind;
        _ended = state.Ended;
    }

    /// <summary>What the reader stands on.</summary>
    public EntryKind Kind { get; private set; }

    /// <summary>Of a type, help or unit: the family's name, escapes and all.</summary>
    public ReadOnlySpan<byte> Family { get; private set; }

    /// <summary>Of a type: which.</summary>
    public readonly MetricKind FamilyKind => _lastKind;

    /// <summary>Of a help or unit: its text, escapes and all; <see cref="ReadHelp"/> decodes it.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>Of a sample: the bytes that identify the series.</summary>
    public ReadOnlySpan<byte> Series { get; private set; }

    /// <summary>Of a sample: its value.</summary>
    public double Value { get; private set; }

    /// <summary>Of a sample: whether it carries its own timestamp.</summary>
    public bool HasTimestamp { get; private set; }

    /// <summary>Of a sample that has one: its timestamp, milliseconds since 1970.</summary>
    public long Timestamp { get; private set; }

    /// <summary>Of a sample: whether it has an exemplar.</summary>
    public bool HasExemplar { get; private set; }

    /// <summary>Of a sample that has one: its exemplar.</summary>
    public Exemplar Exemplar { get; private set; }

    /// <summary>With what the reader of the next part begins.</summary>
    public readonly ExpositionReaderState State =>
        new(_format, _rules) { Line = _text.LineAt(_position), LastKind = _lastKind, Ended = _ended };

    /// <summary>Line and column of an entry, for errors that only its consumer can find.</summary>
    public readonly ExpositionException Error(string problem) => _text.Error(problem, _start);

    /// <summary>Goes to the next entry; false at the end.</summary>
    /// <exception cref="ExpositionException">The exposition breaks its format.</exception>
    public bool Read()
    {
        if (_format == ExpositionFormat.PrometheusText ? ReadPrometheusText() : ReadOpenMetrics())
        {
            return true;
        }

        Kind = EntryKind.None;
        return false;
    }

    /// <summary>
    /// Reads the sample's labels, the metric's name among them, and checks them. Values of <c>le</c> and <c>quantile</c> are written as Prometheus 3
    /// writes them (<c>le="1"</c> becomes <c>le="1.0"</c>), so that both formats give the same series.
    /// </summary>
    /// <exception cref="ExpositionException">They break the format, a name is there twice, or the metric has no name.</exception>
    public readonly void ReadLabels(LabelList into)
    {
        into.Clear();
        var name = _text.Bytes[_seriesStart.._nameEnd];
        var end = _seriesStart + Series.Length;
        if (!name.IsEmpty)
        {
            into.Add(Labels.MetricName, TextCache.Get(name));
        }

        if (_nameEnd != end)
        {
            // Between name and brace there may be blanks.
            var reader = new LabelReader(_text, _text.SkipBlanks(_nameEnd) + 1, _syntax);
            while (reader.Read())
            {
                if (!reader.IsMetricName)
                {
                    AddLabel(into, reader);
                }
                else if (into.Has(Labels.MetricName))
                {
                    _text.Fail("the metric's name is there twice", reader.Start);
                }
                else
                {
                    into.Add(Labels.MetricName, EscapedText.Decode(reader.Value));
                }
            }

            if (reader.Position != end)
            {
                _text.Expected("the sample's value", reader.Position);
            }
        }

        if (into.Get(Labels.MetricName).Length == 0)
        {
            _text.Fail("expected the metric's name", _seriesStart);
        }

        if (into.RepeatedName() is { } repeated)
        {
            _text.Fail($"the label {repeated} is there twice", _seriesStart);
        }
    }

    /// <summary>Decodes the help text: into a buffer of the same length, whose used part is returned.</summary>
    public readonly ReadOnlySpan<byte> ReadHelp(Span<byte> buffer) =>
        buffer[..EscapedText.Decode(Text, buffer, quotes: _format != ExpositionFormat.PrometheusText)];

    private readonly void AddLabel(LabelList into, in LabelReader reader)
    {
        var name = EscapedText.Decode(reader.Name);
        var value = EscapedText.Decode(reader.Value);
        if (name.Length == 0)
        {
            _text.Fail("a label's name is empty", reader.Start);
        }

        if ((_lastKind == MetricKind.Histogram && name == "le") || (_lastKind == MetricKind.Summary && name == "quantile"))
        {
            var canonical = CanonicalBound.Of(value);
            if (_syntax == LabelSyntax.Strict && canonical == "+Inf" && value != canonical)
            {
                _text.Fail("the last bucket's le is spelt +Inf", reader.Start);
            }

            value = canonical;
        }

        into.Add(name, value);
    }

    /// <summary>Goes past <c>name{…}</c>, setting <see cref="Series"/>. Looks for the closing brace only, so that known texts cost next to nothing.</summary>
    private void ReadSeries()
    {
        Kind = EntryKind.Series;
        HasTimestamp = false;
        HasExemplar = false;
        _seriesStart = _position;
        _nameEnd = _text.NameEnd(_position);
        var position = _syntax == LabelSyntax.PrometheusText ? _text.SkipBlanks(_nameEnd) : _nameEnd;
        if (_text.At(position) == '{' && (_nameEnd > _seriesStart || _syntax != LabelSyntax.Strict))
        {
            position = LabelsEnd(position + 1);
            _position = position;
        }
        else if (_nameEnd == _seriesStart)
        {
            _text.Expected("a metric's name (letters, digits, _ and :, no digit first) or #", _position);
        }
        else
        {
            _position = _nameEnd;
        }

        Series = _text.Bytes[_seriesStart.._position];
    }

    private readonly int LabelsEnd(int start)
    {
        var position = start;
        while (true)
        {
            position = _text.Next(position, (byte)'"', (byte)'}');
            if (position < _text.Length && _text.Bytes[position] == '}')
            {
                return position + 1;
            }

            var end = position < _text.Length && _text.Bytes[position] == '"'
                ? LabelReader.QuotedEnd(_text, position, _syntax == LabelSyntax.PrometheusText)
                : -1;
            if (end < 0)
            {
                // Something is wrong with these labels: reading them tells what.
                var reader = new LabelReader(_text, start, _syntax);
                while (reader.Read())
                {
                }

                return reader.Position;
            }

            position = end;
        }
    }

    /// <summary>The name of a TYPE, HELP or UNIT line.</summary>
    private void ReadFamilyName()
    {
        if (_text.At(_position) == '"' && _syntax != LabelSyntax.Strict)
        {
            var end = LabelReader.QuotedEnd(_text, _position, lineFeeds: false);
            if (end >= 0)
            {
                Family = _text.Bytes[(_position + 1)..(end - 1)];
                _position = end;
                return;
            }
        }

        var nameEnd = _text.NameEnd(_position);
        if (nameEnd == _position)
        {
            _text.Expected("a metric's name", _position);
        }

        Family = _text.Bytes[_position..nameEnd];
        _position = nameEnd;
    }

    private readonly double Number(int start, int end, string what)
    {
        if (!SampleNumber.TryParse(_text.Bytes[start..end], out var value))
        {
            if (_text.Bytes[start..end] is [.., (byte)'\r'])
            {
                _text.Expected("the end of the line", end - 1);
            }

            _text.Expected($"{what} (a decimal number, Inf or NaN)", start);
        }

        return value;
    }
}
