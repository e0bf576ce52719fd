using System.Text.Unicode;

namespace SriovPulse.Metrics.Exposition;

// Grammar as of OpenMetrics 1.0, its laxness as of Prometheus 3's model/textparse/openmetricslex.l and openmetricsparse.go.
public ref partial struct ExpositionReader
{
    private bool ReadOpenMetrics()
    {
        _start = _position;
        if (_ended && _position < _text.Length)
        {
            _text.Expected("nothing after # EOF", _position);
        }

        if (_position >= _text.Length)
        {
            if (_isFinal && !_ended)
            {
                _text.Fail("expected # EOF: the exposition was cut short", _position);
            }

            return false;
        }

        if (_text.Bytes[_position] == '#')
        {
            return ReadMetadata();
        }

        ReadSample();
        if (_rules is not null)
        {
            CheckSample();
        }

        return true;
    }

    private bool ReadMetadata()
    {
        var rest = _text.Bytes[_position..];
        if (rest.StartsWith("# EOF"u8))
        {
            _position += 5;
            if (_position < _text.Length && _text.At(_position) != '\n')
            {
                _text.Expected("the end of the line after # EOF", _position);
            }

            _position = Math.Min(_position + 1, _text.Length);
            _ended = true;
            Check(_rules?.End());
            return ReadOpenMetrics();
        }

        Kind = rest switch
        {
            _ when rest.StartsWith("# TYPE "u8) => EntryKind.Type,
            _ when rest.StartsWith("# HELP "u8) => EntryKind.Help,
            _ when rest.StartsWith("# UNIT "u8) => EntryKind.Unit,
            _ => throw _text.Error("expected # TYPE, # HELP, # UNIT or # EOF: OpenMetrics has no comments", _position),
        };
        _position += 7;
        ReadFamilyName();
        if (_text.At(_position) != ' ' || _position >= _text.Length)
        {
            _text.Expected("a space after the family's name", _position);
        }

        var start = _position + 1;
        var lineEnd = _text.LineEnd(start);
        if (lineEnd == _text.Length)
        {
            _text.Expected("a line feed, then # EOF", lineEnd);
        }

        Text = _text.Bytes[start..lineEnd];
        _position = lineEnd + 1;
        CheckText(start);
        Check(_rules?.Metadata(Kind, Family, _lastKind, Text));
        return true;
    }

    private void CheckText(int start)
    {
        switch (Kind)
        {
            case EntryKind.Type:
                _lastKind = FamilyTypes.Find(Text, openMetrics: true) ?? throw _text.Error($"expected {FamilyTypes.ExpectedInOpenMetrics}", start);
                break;
            case EntryKind.Help when !Utf8.IsValid(Text):
                _text.Fail("expected UTF-8 in the help", start);
                break;
            case EntryKind.Unit when !Text.IsEmpty:
                if (Family.Length <= Text.Length || !Family.EndsWith(Text) || Family[^(Text.Length + 1)] != '_')
                {
                    _text.Fail("expected the unit to be the end of the family's name, after a _", start);
                }

                break;
        }
    }

    private void ReadSample()
    {
        ReadSeries();
        Value = ReadNumber("a value");
        if (_text.At(_position) == ' ' && _text.At(_position + 1) != '#')
        {
            var start = _position + 1;
            var seconds = ReadNumber("a timestamp");
            HasTimestamp = true;
            _timestampSeconds = Finite(seconds, start);
            Timestamp = Milliseconds(seconds);
        }

        if (_text.At(_position) == ' ')
        {
            ReadExemplar();
        }

        EndLine();
    }

    private void ReadExemplar()
    {
        if (!_text.Bytes[_position..].StartsWith(" # {"u8))
        {
            _text.Expected("\" # {\" and an exemplar, or the end of the line", _position);
        }

        var open = _position + 3;
        _exemplarLabels = open;
        var reader = new LabelReader(_text, open + 1, _syntax);
        while (reader.Read())
        {
            if (reader.IsMetricName)
            {
                _text.Fail("expected \"=\" and a value: an exemplar has no metric name", reader.Start);
            }
        }

        _position = reader.Position;
        var labels = _text.Bytes[open.._position];
        var value = ReadNumber("the exemplar's value");
        var hasTimestamp = _text.At(_position) == ' ';
        var start = _position + 1;
        var seconds = hasTimestamp ? Finite(ReadNumber("the exemplar's timestamp"), start) : 0;
        HasExemplar = true;
        Exemplar = new Exemplar { Labels = labels, Value = value, HasTimestamp = hasTimestamp, Timestamp = Milliseconds(seconds) };
    }

    /// <summary>A space and a number.</summary>
    private double ReadNumber(string what)
    {
        if (_position >= _text.Length || _text.Bytes[_position] != ' ')
        {
            _text.Expected($"a space and {what}", _position);
        }

        var start = _position + 1;
        var end = start;
        while (_text.At(end) is not ((byte)' ' or (byte)'\n'))
        {
            end++;
        }

        _position = end;
        return Number(start, end, what);
    }

    private void EndLine()
    {
        if (_position >= _text.Length)
        {
            _text.Expected("a line feed, then # EOF", _position);
        }

        if (_text.Bytes[_position] != '\n')
        {
            _text.Expected("the end of the line", _position);
        }

        _position++;
    }

    private readonly double Finite(double seconds, int start)
    {
        if (!double.IsFinite(seconds))
        {
            _text.Expected("a finite timestamp (seconds since 1970)", start);
        }

        return seconds;
    }

    // Cut, not rounded, as Prometheus does: what an import shows must be what promtool's shows.
    private static long Milliseconds(double seconds) => (long)(seconds * 1000);

    private readonly void Check(string? problem)
    {
        if (problem is not null)
        {
            _text.Fail(problem, _start);
        }
    }
}
