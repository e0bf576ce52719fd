using System.CommandLine;
using SriovPulse.Controller.PrometheusApi;
using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Querying.Remote;
using SriovPulse.Metrics.Scraping.Configuration;

namespace SriovPulse.Cli.Query;

/// <summary><c>sriovpulse query</c>: its command line.</summary>
internal static class QueryCommand
{
    public static Command Create(Terminal terminal)
    {
        var expression = new Argument<string>("EXPR") { Description = "The PromQL expression." };
        expression.Validators.Add(static result =>
        {
            // Else the flag would be taken for the expression, and complaints be about its value.
            if (result.Tokens is [{ Value: var text }, ..] && text.StartsWith("--", StringComparison.Ordinal))
            {
                result.AddError($"unknown flag {text}");
            }
        });
        var data = Text("--data", "FILE", "OpenMetrics file in which every sample has a timestamp, as promtool tsdb create-blocks-from openmetrics reads it.");
        var url = Text("--url", "URL", "Server with Prometheus' HTTP API, without /api/v1: Prometheus, Thanos, Mimir, VictoriaMetrics, a controller.");
        var time = Text("--time", "TIME", "When: seconds since 1970, or as 2026-08-01T12:00:00Z. [default: now; with --data the newest sample's time]");
        var start = Text("--start", "TIME", "First time of a range query.");
        var end = Text("--end", "TIME", "Last time of a range query.");
        var step = Text("--step", "DURATION", "Distance of a range query's times: 15s, 1m, or seconds.");
        var output = new Option<string>("--output", "-o") { HelpName = "table|json", Description = "A table, or the JSON of Prometheus' API.", DefaultValueFactory = static _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        var explain = new Option<bool>("--explain") { Description = "Tell what every part of the expression yields, so that one sees where a result is lost. With --data." };
        var probe = new Option<bool>("--probe") { Description = "Do not query, but tell in what the server differs from the embedded engine where it matters for the expression. With --url." };
        var header = new Option<string[]>("--header") { HelpName = "NAME: VALUE", Description = "Header for the server, such as X-Scope-OrgID: fleet. Repeatable.", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
        var token = Text("--bearer-token-file", "FILE", "File with the token for the server.");
        var authority = Text("--ca-file", "FILE", "Certificates (PEM) that the server's must lead to. [default: the system's]");
        var timeout = Text("--timeout", "DURATION", "How long the server may take. [default: 30s]");

        var command = new Command("query", "Evaluates a PromQL expression over a file or a server.")
        {
            expression, data, url, time, start, end, step, output, explain, probe, header, token, authority, timeout,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = new QueryRequest
            {
                Expression = parsed.GetValue(expression)!,
                DataFile = parsed.GetValue(data),
                Server = parsed.GetValue(url) is { } address
                    ? Server(address, parsed.GetValue(header) ?? [], parsed.GetValue(token), parsed.GetValue(authority), Duration(parsed.GetValue(timeout), "--timeout"))
                    : null,
                Time = Time(parsed.GetValue(time), "--time"),
                Range = Range(Time(parsed.GetValue(start), "--start"), Time(parsed.GetValue(end), "--end"), Duration(parsed.GetValue(step), "--step")),
                Json = parsed.GetValue(output) == "json",
                Explain = parsed.GetValue(explain),
                Probe = parsed.GetValue(probe),
            };
            Check(request);
            return new QueryRun(request, terminal).RunAsync(cancellationToken);
        });
        return command;
    }

    private static Option<string> Text(string name, string placeholder, string help) => new(name) { HelpName = placeholder, Description = help };

    private static void Check(QueryRequest request)
    {
        var problem =
            request.DataFile is null == request.Server is null ? "give one of --data FILE and --url URL"
            : request is { Time: not null, Range: not null } ? "--time is for an instant query, --start, --end and --step are for a range query: give one kind"
            : request is { Explain: true, Range: not null } ? "--explain tells about one time: give --time instead of --start, --end and --step"
            : request is { Explain: true, Json: true } ? "--explain has no JSON form: leave out -o json"
            : request is { Explain: true, Server: not null }
                ? "--explain works with --data only: a server does not tell what the parts of an expression yield, and asking for each part by itself may yield "
                  + "something else than within the whole (names, @ start(), limits)"
            : request is { Probe: true, Server: null } ? "--probe asks a server: give --url URL"
            : null;
        if (problem is not null)
        {
            throw new UsageException(problem);
        }
    }

    private static RemoteOptions Server(string address, string[] headers, string? tokenFile, string? authorityFile, long? timeout)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new UsageException($"--url {address}: expected an address such as http://prometheus:9090");
        }

        var options = new RemoteOptions
        {
            Url = url,
            Tls = new ScrapeTls { CaFile = authorityFile },
            Credentials = tokenFile is not null ? new ScrapeCredentials { Scheme = "Bearer", SecretFile = tokenFile } : Credentials(url),
            Headers = headers.Select(Header).ToDictionary(StringComparer.OrdinalIgnoreCase),
        };
        return timeout is { } given ? options with { Timeout = TimeSpan.FromMilliseconds(given) } : options;
    }

    // http://user:password@host, as curl takes it.
    private static ScrapeCredentials? Credentials(Uri url)
    {
        var parts = url.UserInfo.Split(':', 2);
        return parts is [{ Length: > 0 } user, var password]
            ? new ScrapeCredentials { Scheme = "Basic", Username = Uri.UnescapeDataString(user), Secret = Uri.UnescapeDataString(password) }
            : null;
    }

    private static KeyValuePair<string, string> Header(string text) => text.Split(':', 2) is [{ Length: > 0 } name, var value]
        ? new(name.Trim(), value.Trim())
        : throw new UsageException($"--header {text}: expected a name, a colon and a value");

    private static TimeRange? Range(long? start, long? end, long? step) => (start, end, step) switch
    {
        (null, null, null) => null,
        ({ } from, { } to, > 0 and { } distance) when to >= from => new TimeRange(from, to, distance),
        ({ } from, { } to, { }) when to < from => throw new UsageException("--end lies before --start"),
        (not null, not null, not null) => throw new UsageException("--step must be more than 0"),
        _ => throw new UsageException("a range query needs all of --start, --end and --step"),
    };

    private static long? Time(string? text, string flag) => text is null ? null
        : ApiTime.TryParseTime(text, out var time) ? time
        : throw new UsageException($"{flag} {text}: expected seconds since 1970, or a time such as 2026-08-01T12:00:00Z");

    private static long? Duration(string? text, string flag) => text is null ? null
        : ApiTime.TryParseDuration(text, out var duration) ? duration
        : throw new UsageException($"{flag} {text}: expected a duration such as 15s or 1m30s, or seconds");
}
