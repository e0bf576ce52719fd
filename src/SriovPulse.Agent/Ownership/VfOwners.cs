using System.Diagnostics.CodeAnalysis;
using SriovPulse.Agent.Inventory;

namespace SriovPulse.Agent.Ownership;

/// <summary>Who owns the VFs of one inventory; immutable. The same object as long as nothing changed.</summary>
public sealed class VfOwners
{
    private readonly VfOwner?[] _owners;
    private readonly VfUse[] _uses;

    internal VfOwners(HostInventory inventory, VfOwner?[] owners, VfUse[] uses, int conflicts, int ambiguous, IReadOnlyList<SourceState> sources)
    {
        Inventory = inventory;
        Conflicts = conflicts;
        Ambiguous = ambiguous;
        Sources = sources;
        _owners = owners;
        _uses = uses;
    }

    /// <summary>No VFs, no owners.</summary>
    public static VfOwners Empty { get; } = new(HostInventory.Empty, [], [], 0, 0, []);

    /// <summary>The inventory whose ordinals this speaks of.</summary>
    public HostInventory Inventory { get; }

    /// <summary>VFs that sources gave to different workloads.</summary>
    public int Conflicts { get; }

    /// <summary>VFs that a workload holds as part of an IOMMU group, without a word on which of the group it uses.</summary>
    public int Ambiguous { get; }

    /// <summary>How reading each source went.</summary>
    public IReadOnlyList<SourceState> Sources { get; }

    /// <summary>The owner of a VF; false when none is known.</summary>
    /// <param name="ordinal">The VF's <see cref="VirtualFunction.Ordinal"/> in <see cref="Inventory"/>.</param>
    /// <param name="owner">The owner.</param>
    public bool TryGetOwner(int ordinal, [NotNullWhen(true)] out VfOwner? owner) => (owner = _owners[ordinal]) is not null;

    /// <summary>Whether a VF is free.</summary>
    /// <param name="ordinal">The VF's <see cref="VirtualFunction.Ordinal"/> in <see cref="Inventory"/>.</param>
    public VfUse UseOf(int ordinal) => _uses[ordinal];
}
