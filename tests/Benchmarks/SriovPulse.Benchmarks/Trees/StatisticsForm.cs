namespace SriovPulse.Benchmarks.Trees;

/// <summary>The two forms in which vendors' out-of-tree drivers show a VF's counters.</summary>
internal enum StatisticsForm
{
    /// <summary><c>stats/</c> is a directory with a file per counter.</summary>
    Intel,

    /// <summary><c>stats</c> is one file of <c>name : value</c> lines.</summary>
    Mellanox,
}
