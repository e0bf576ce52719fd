using SriovPulse.Agent.Inventory;

namespace SriovPulse.Agent.Collection;

/// <summary>Looks at the host's PFs and VFs.</summary>
public interface IInventorySource
{
    /// <summary>The inventory as it is now: the same object as last time when nothing changed.</summary>
    /// <exception cref="IncompleteInventoryException">A part could not be looked at.</exception>
    HostInventory Read();
}
