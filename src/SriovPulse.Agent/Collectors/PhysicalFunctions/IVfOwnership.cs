using SriovPulse.Agent.Inventory;

namespace SriovPulse.Agent.Collectors.PhysicalFunctions;

/// <summary>Tells which VFs are owned, for counting.</summary>
internal interface IVfOwnership
{
    /// <summary>
    /// VFs of the PF that a workload owns, and those that are known to be nobody's; null when ownership is not looked at. A VF of which neither can be told
    /// is in neither number.
    /// </summary>
    (int Assigned, int Free)? Count(CollectionContext context, PhysicalFunction pf);
}
