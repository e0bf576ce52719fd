using System.Text.RegularExpressions;

namespace SriovPulse.Agent.Configuration;

/// <summary>Which PFs are read, and what only the operator knows about them.</summary>
internal sealed record PhysicalFunctionOptions
{
    /// <summary>Only PFs whose name or PCI address it matches as a whole; null for all.</summary>
    public Regex? Include { get; init; }

    /// <summary>No PF whose name or PCI address it matches as a whole; null for no exception.</summary>
    public Regex? Exclude { get; init; }

    /// <summary>The physical network that a PF is wired to, by netdev name or PCI address.</summary>
    public IReadOnlyDictionary<string, string> PhysicalNetworks { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a PF is to be read.</summary>
    /// <param name="netdev">Its netdev's name, null when it has none.</param>
    /// <param name="address">Its PCI address as text, null when it has none.</param>
    public bool Admits(string? netdev, string? address) =>
        (Include is null || Matches(Include, netdev, address)) && !(Exclude is not null && Matches(Exclude, netdev, address));

    /// <summary>The PF's physical network; null when none was given. The name counts before the address.</summary>
    public string? NetworkOf(string? netdev, string? address) =>
        netdev is not null && PhysicalNetworks.TryGetValue(netdev, out var network) ? network
        : address is not null && PhysicalNetworks.TryGetValue(address, out network) ? network
        : null;

    private static bool Matches(Regex regex, string? netdev, string? address) =>
        (netdev is not null && regex.IsMatch(netdev)) || (address is not null && regex.IsMatch(address));
}
