namespace SriovPulse.PromQL.Evaluation;

/// <summary>
/// What is to become of a series' metric name (and <c>__type__</c>, <c>__unit__</c>). Names are removed when the query ends, not where PromQL drops them:
/// so label_replace can still see them, and no label sets are built for results that are thrown away.
/// </summary>
internal enum NameState : byte
{
    /// <summary>It stays.</summary>
    Kept,

    /// <summary>It goes in the end, until then it can be seen.</summary>
    Dropping,

    /// <summary>It is gone: the labels still hold it, but nobody may see it.</summary>
    Gone,
}
