using SriovPulse.Agent.Inventory;

namespace SriovPulse.Agent.Collectors.PhysicalFunctions;

/// <summary>Tells which VFs are owned, for counting.</summary>
internal interface IVfOwnership
{
    /// <summary>VFs of the PF that a workload owns, or null when ownership is not looked at.</summary>
    int? CountAssigned(CollectionContext context, PhysicalFunction pf);
}
