using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Ingest;

/// <summary>Where scraped and imported samples go: the store, or a test's list.</summary>
public interface IIngest
{
    /// <summary>
    /// Begins to take scrapes of a target. What the target's texts mean is remembered for this opening only: who changes relabelling opens the
    /// target anew.
    /// </summary>
    IScrapeTarget OpenTarget(Labels targetLabels);
}
