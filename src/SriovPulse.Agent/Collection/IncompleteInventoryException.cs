using SriovPulse.Agent.Inventory;

namespace SriovPulse.Agent.Collection;

/// <summary>A part of the host could not be looked at. What could be is in the inventory.</summary>
/// <param name="inventory">PFs and VFs, as far as known.</param>
/// <param name="cause">What went wrong.</param>
public sealed class IncompleteInventoryException(HostInventory inventory, Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>PFs and VFs, as far as known.</summary>
    public HostInventory Inventory { get; } = inventory;
}
