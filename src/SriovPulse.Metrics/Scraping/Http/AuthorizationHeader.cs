using System.Text;
using SriovPulse.Metrics.Scraping.Configuration;

namespace SriovPulse.Metrics.Scraping.Http;

/// <summary>The value of the <c>Authorization</c> header.</summary>
internal static class AuthorizationHeader
{
    /// <summary>Makes it; a secret's file is read each time, as such secrets are changed in place.</summary>
    public static async Task<string> ReadAsync(ScrapeCredentials credentials, CancellationToken cancellationToken)
    {
        var secret = credentials.SecretFile is { } file
            ? (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim()
            : credentials.Secret ?? string.Empty;
        var value = credentials.Scheme == "Basic" ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Username}:{secret}")) : secret;
        return $"{credentials.Scheme} {value}";
    }
}
