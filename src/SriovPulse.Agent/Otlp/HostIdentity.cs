namespace SriovPulse.Agent.Otlp;

/// <summary>Who the host is.</summary>
/// <param name="Name">Its host name.</param>
/// <param name="MachineId">Content of <c>/etc/machine-id</c>, null when there is none.</param>
internal sealed record HostIdentity(string Name, string? MachineId);
