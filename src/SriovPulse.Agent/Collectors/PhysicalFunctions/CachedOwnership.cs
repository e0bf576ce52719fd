using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Ownership;

namespace SriovPulse.Agent.Collectors.PhysicalFunctions;

/// <summary>Counts by what is known of the owners.</summary>
internal sealed class CachedOwnership(OwnershipCache owners) : IVfOwnership
{
    public int? CountAssigned(CollectionContext context, PhysicalFunction pf)
    {
        var known = owners.Get(context);
        var count = 0;
        for (var i = 0; i < pf.VirtualFunctions.Count; i++)
        {
            count += known.UseOf(pf.VirtualFunctions[i].Ordinal) == VfUse.Assigned ? 1 : 0;
        }

        return count;
    }
}
