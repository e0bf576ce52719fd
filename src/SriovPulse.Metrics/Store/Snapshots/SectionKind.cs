namespace SriovPulse.Metrics.Store.Snapshots;

/// <summary>What a section of a snapshot holds.</summary>
internal enum SectionKind : byte
{
    /// <summary>A <see cref="TargetImage"/>.</summary>
    Target = 1,

    /// <summary>A <see cref="SeriesImage"/>.</summary>
    Series = 2,

    /// <summary>How many sections came before; a snapshot without it is torn.</summary>
    End = 3,
}
