using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Ownership;

namespace SriovPulse.Agent.Collectors.PhysicalFunctions;

/// <summary>Counts by what is known of the owners.</summary>
internal sealed class CachedOwnership(OwnershipCache owners) : IVfOwnership
{
    public (int Assigned, int Free)? Count(CollectionContext context, PhysicalFunction pf)
    {
        var known = owners.Get(context);
        var (assigned, free) = (0, 0);
        for (var i = 0; i < pf.VirtualFunctions.Count; i++)
        {
            var use = known.UseOf(pf.VirtualFunctions[i].Ordinal);
            assigned += use == VfUse.Assigned ? 1 : 0;
            free += use == VfUse.Free ? 1 : 0;
        }

        return (assigned, free);
    }
}
