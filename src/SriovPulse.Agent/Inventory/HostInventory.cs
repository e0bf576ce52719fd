namespace SriovPulse.Agent.Inventory;

/// <summary>The host's PFs and VFs; immutable. The same object as long as nothing changed, so collectors keep arrays beside it.</summary>
/// <param name="Revision">Rises with each change.</param>
/// <param name="PhysicalFunctions">The PFs, by PCI address and then by name.</param>
/// <param name="VirtualFunctionCount">VFs of all PFs together.</param>
public sealed record HostInventory(long Revision, IReadOnlyList<PhysicalFunction> PhysicalFunctions, int VirtualFunctionCount)
{
    /// <summary>A host without PFs.</summary>
    public static HostInventory Empty { get; } = new(0, [], 0);
}
