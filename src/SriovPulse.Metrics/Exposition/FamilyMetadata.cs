using SriovPulse.Metrics.Ingest;

namespace SriovPulse.Metrics.Exposition;

/// <summary>Collects a family's TYPE, HELP and UNIT lines, which are handed on together.</summary>
internal ref struct FamilyMetadata
{
    private ReadOnlySpan<byte> _family;
    private MetricKind _kind;
    private ReadOnlySpan<byte> _help;
    private ReadOnlySpan<byte> _unit;

    /// <summary>Takes the line on which the reader stands; hands on the family before when another begins.</summary>
    public void Take(ref ExpositionReader reader, IScrapeAppender appender)
    {
        if (!reader.Family.SequenceEqual(_family))
        {
            Flush(appender);
            _family = reader.Family;
        }

        switch (reader.Kind)
        {
            case EntryKind.Type:
                _kind = reader.FamilyKind;
                break;
            case EntryKind.Help:
                // Help with escapes is rare, and decoding needs room of its own.
                _help = reader.Text.Contains((byte)'\\') ? reader.ReadHelp(new byte[reader.Text.Length]) : reader.Text;
                break;
            case EntryKind.Unit:
                _unit = reader.Text;
                break;
        }
    }

    /// <summary>Hands on what was collected.</summary>
    public void Flush(IScrapeAppender appender)
    {
        if (!_family.IsEmpty)
        {
            appender.SetMetadata(_family, _kind, _help, _unit);
        }

        _family = default;
        _kind = MetricKind.Unknown;
        _help = default;
        _unit = default;
    }
}
