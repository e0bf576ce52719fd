namespace SriovPulse.PromQL.Series;

/// <summary>Ranges do not see staleness markers.</summary>
public sealed partial class SampleWindow
{
    /// <summary>Takes the staleness markers out.</summary>
    public void RemoveStaleMarkers()
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (Staleness.IsMarker(_values[i]))
            {
                continue;
            }

            if (kept != i)
            {
                _timestamps[kept] = _timestamps[i];
                _values[kept] = _values[i];
            }

            kept++;
        }

        Count = kept;
    }
}
