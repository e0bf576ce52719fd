using SriovPulse.Agent.Inventory;

namespace SriovPulse.Agent.Collectors.PhysicalFunctions;

/// <summary>Used when the workloads collector is off.</summary>
internal sealed class NoOwnership : IVfOwnership
{
    public (int Assigned, int Free)? Count(CollectionContext context, PhysicalFunction pf) => null;
}
