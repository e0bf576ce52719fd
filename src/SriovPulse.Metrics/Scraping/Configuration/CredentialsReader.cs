namespace SriovPulse.Metrics.Scraping.Configuration;

/// <summary>Reads <c>basic_auth</c>, <c>authorization</c>, <c>bearer_token</c> and <c>bearer_token_file</c>, of which one may be given.</summary>
/// <param name="folder">The configuration's folder.</param>
internal sealed class CredentialsReader(string folder)
{
    private static readonly string[] s_keys = ["basic_auth", "authorization", "bearer_token", "bearer_token_file"];

    public ScrapeCredentials? Read(YamlSection section)
    {
        var given = s_keys.Where(section.Has).ToList();
        if (given.Count > 1)
        {
            section.Refuse(given[1], $"{given[0]} and {given[1]} exclude each other: keep one");
        }

        return given.FirstOrDefault() switch
        {
            "basic_auth" => section.Section("basic_auth") is { } basic ? ReadBasic(basic) : null,
            "authorization" => section.Section("authorization") is { } authorization ? ReadAuthorization(authorization) : null,
            "bearer_token" => new ScrapeCredentials { Scheme = "Bearer", Secret = section.Text("bearer_token") },
            "bearer_token_file" => new ScrapeCredentials { Scheme = "Bearer", SecretFile = FullPath(section.Text("bearer_token_file")) },
            _ => null,
        };
    }

    private ScrapeCredentials ReadBasic(YamlSection section)
    {
        var credentials = Secret(section, "password") with { Scheme = "Basic", Username = section.Text("username") ?? string.Empty };
        section.Close();
        return credentials;
    }

    private ScrapeCredentials ReadAuthorization(YamlSection section)
    {
        var scheme = section.Text("type") ?? "Bearer";
        if (scheme.Equals("basic", StringComparison.OrdinalIgnoreCase))
        {
            section.Refuse("type", "the type Basic is written as basic_auth, with username and password");
        }

        var credentials = Secret(section, "credentials") with { Scheme = scheme };
        section.Close();
        return credentials;
    }

    private ScrapeCredentials Secret(YamlSection section, string key)
    {
        var file = $"{key}_file";
        if (section.Has(key) && section.Has(file))
        {
            section.Refuse(file, $"{key} and {file} exclude each other: keep one");
        }

        return new ScrapeCredentials { Scheme = string.Empty, Secret = section.Text(key), SecretFile = FullPath(section.Text(file)) };
    }

    private string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path, folder);
}
