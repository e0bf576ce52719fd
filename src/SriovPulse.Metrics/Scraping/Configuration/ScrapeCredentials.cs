namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary><c>basic_auth</c>, <c>authorization</c> or <c>bearer_token</c>: what the <c>Authorization</c> header says.</summary>
public sealed record ScrapeCredentials
{
    /// <summary>The header's scheme: <c>Basic</c>, <c>Bearer</c> or another.</summary>
    public required string Scheme { get; init; }

    /// <summary>Of <c>Basic</c>: the user.</summary>
    public string Username { get; init; } = string.Empty;

    /// <summary>The password or token, when it stands in the configuration.</summary>
    public string? Secret { get; init; }

    /// <summary>The file that holds it; read again at each scrape, as such secrets are changed in place.</summary>
    public string? SecretFile { get; init; }

    /// <summary>Keeps the secret out of logs.</summary>
    public override string ToString() => $"{Scheme} {Username} (secret)";
}
