namespace SriovPulse.Agent.Configuration;

/// <summary>A collector as the command line knows it.</summary>
/// <param name="Name">Kebab-case name.</param>
/// <param name="IsOnByDefault">Whether it runs when nobody says anything about it.</param>
/// <param name="Description">What it reads, as half a sentence.</param>
internal sealed record CollectorChoice(string Name, bool IsOnByDefault, string Description);
