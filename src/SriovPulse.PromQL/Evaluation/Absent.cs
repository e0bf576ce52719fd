using SriovPulse.PromQL.Series;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>
/// The value of a step at which a series has none. It is the staleness marker's bit pattern, a signalling NaN: arithmetic yields quiet ones only, so no
/// result can be taken for it.
/// </summary>
internal static class Absent
{
    public static double Value => Staleness.Marker;

    public static bool Is(double value) => Staleness.IsMarker(value);
}
