namespace SriovPulse.Agent.Ownership.Processes;

/// <summary>What one look at the processes found.</summary>
/// <param name="Claims">What processes claim.</param>
/// <param name="Vfio">Whether all descriptors could be read.</param>
/// <param name="Qemu">Whether all command lines could be read.</param>
internal sealed record ProcessFindings(IReadOnlyList<Claim> Claims, SourceState Vfio, SourceState Qemu)
{
    public static ProcessFindings NotPresent { get; } =
        new([], SourceState.NotPresent(OwnershipSource.Vfio), SourceState.NotPresent(OwnershipSource.Qemu));

    public bool Tells(ProcessFindings other) => Vfio == other.Vfio && Qemu == other.Qemu && Claims.SequenceEqual(other.Claims);
}
