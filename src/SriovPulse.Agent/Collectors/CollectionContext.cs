using SriovPulse.Agent.Inventory;

namespace SriovPulse.Agent.Collectors;

/// <summary>What all collectors of one collection share.</summary>
/// <param name="inventory">PFs and VFs, read anew for this collection.</param>
/// <param name="now">Start of the collection.</param>
/// <param name="cancellationToken">Signalled when the collector's deadline has passed or the agent stops.</param>
public sealed class CollectionContext(HostInventory inventory, DateTimeOffset now, CancellationToken cancellationToken)
{
    /// <summary>PFs and VFs, read anew for this collection.</summary>
    public HostInventory Inventory { get; } = inventory;

    /// <summary>Start of the collection.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Signalled when the collector's deadline has passed or the agent stops.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}
