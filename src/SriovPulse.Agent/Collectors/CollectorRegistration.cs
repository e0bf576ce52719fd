namespace SriovPulse.Agent.Collectors;

/// <summary>A collector that there is.</summary>
/// <param name="Name">Its name: flag, YAML key and label value.</param>
/// <param name="IsOnByDefault">Whether it runs unless turned off.</param>
/// <param name="Description">What it tells, for the help text.</param>
/// <param name="Create">Makes it.</param>
internal sealed record CollectorRegistration(string Name, bool IsOnByDefault, string Description, Func<AgentParts, ICollector> Create);
