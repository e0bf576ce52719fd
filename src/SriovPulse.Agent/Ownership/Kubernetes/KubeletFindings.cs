namespace SriovPulse.Agent.Ownership.Kubernetes;

/// <summary>What one call to the kubelet found.</summary>
/// <param name="Claims">What pods claim.</param>
/// <param name="State">How the call went.</param>
internal sealed record KubeletFindings(IReadOnlyList<Claim> Claims, SourceState State)
{
    public static KubeletFindings NotPresent { get; } = new([], SourceState.NotPresent(OwnershipSource.Kubelet));

    public bool Tells(KubeletFindings other) => State == other.State && Claims.SequenceEqual(other.Claims);
}
