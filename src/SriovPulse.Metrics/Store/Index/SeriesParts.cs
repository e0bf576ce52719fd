using SriovPulse.Metrics.Store.Columns;

namespace SriovPulse.Metrics.Store.Index;

/// <summary>Where samples of a series lie beside its first target. Immutable.</summary>
/// <param name="Slots">Further targets that expose it.</param>
/// <param name="Own">Samples with their own times.</param>
internal sealed record SeriesParts(SlotPart[] Slots, OwnSamples? Own)
{
    public static SeriesParts None { get; } = new([], null);

    public bool IsEmpty => Slots.Length == 0 && Own is null;
}
