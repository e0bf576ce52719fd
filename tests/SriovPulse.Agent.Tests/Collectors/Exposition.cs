using SriovPulse.Agent.Metrics;

namespace SriovPulse.Agent.Tests.Collectors;

/// <summary>A collector's samples as lines to compare, in the order of its families.</summary>
internal static class Exposition
{
    public static string Of(SampleBuffer samples)
    {
        var lines = new List<string>();
        foreach (var family in samples.Metrics.Families)
        {
            foreach (var sample in samples.Samples(family))
            {
                lines.Add(sample.IsInteger ? $"{family.Name}{sample.Labels} {sample.Whole}" : $"{family.Name}{sample.Labels} {sample.Real}");
            }
        }

        return string.Join('\n', lines);
    }
}
