using SriovPulse.Metrics.Ingest;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Scraping;

/// <summary>Joins the labels of a sample with those of its target.</summary>
internal static class TargetLabels
{
    private const string ExportedPrefix = "exported_";

    /// <summary>
    /// Adds a target's labels. Where both have a label, the sample's wins when labels are honoured; else the target's does, and the sample's gets
    /// <c>exported_</c> in front, as often as it takes to be free.
    /// </summary>
    public static void Join(LabelList sample, Labels target, bool honorLabels)
    {
        foreach (ref readonly var label in target.AsSpan())
        {
            var own = sample.Get(label.Name);
            if (own.Length == 0 || !honorLabels)
            {
                if (own.Length > 0)
                {
                    sample.Set(FreeName(sample, target, label.Name), own);
                }

                sample.Set(label.Name, label.Value);
            }
        }
    }

    private static string FreeName(LabelList sample, Labels target, string name)
    {
        do
        {
            name = ExportedPrefix + name;
        }
        while (sample.Get(name).Length > 0 || target.Get(name).Length > 0);

        return name;
    }
}
