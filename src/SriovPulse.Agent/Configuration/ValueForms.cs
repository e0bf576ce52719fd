using System.Globalization;
using System.Text.RegularExpressions;

namespace SriovPulse.Agent.Configuration;

/// <summary>The kinds of values that settings have.</summary>
internal static class ValueForms
{
    public static ValueForm<string> Text { get; } = new("TEXT", "text", NotEmpty, text => text);

    /// <summary>Text that may be empty.</summary>
    public static ValueForm<string> AnyText { get; } = new("TEXT", "text", text => text, text => text);

    public static ValueForm<string> File { get; } = new("FILE", "the path of a file", NotEmpty, text => text);

    public static ValueForm<string> Folder { get; } = new("FOLDER", "the absolute path of a folder", ParseFolder, text => text);

    public static ValueForm<bool> Switch { get; } = new(string.Empty, "true or false", ParseSwitch, value => value ? "true" : "false");

    public static ValueForm<string> HttpPath { get; } = new("PATH", "a path such as /metrics", ParseHttpPath, text => text);

    public static ValueForm<ListenAddress> ListenAddress { get; } = new(
        "ADDRESS",
        "an address such as 127.0.0.1:9836, \"[::1]:9836\", :9836 (all addresses), localhost:9836 or unix:/run/sriovpulse/agent.sock",
        Configuration.ListenAddress.Parse,
        address => address.Text);

    public static ValueForm<string> HostPort { get; } = new("HOST:PORT", "a host and port such as host7.example:9838", ParseHostPort, text => text);

    public static ValueForm<Uri> Url { get; } = new("URL", "an http:// or https:// URL", ParseUrl, url => url.OriginalString);

    public static ValueForm<Regex> Pattern { get; } = new("REGEX", "a regular expression", ParsePattern, regex => regex.ToString());

    public static ValueForm<TimeSpan> Duration(TimeSpan shortest, TimeSpan longest) => new(
        "DURATION",
        $"a duration such as 250ms, 5s or 1m30s, from {Durations.Format(shortest)} to {Durations.Format(longest)}",
        text => Durations.Parse(text) is var duration && duration >= shortest && duration <= longest ? duration : throw new FormatException("out of range"),
        Durations.Format);

    /// <summary>A share, above 0 and at most <paramref name="largest"/>.</summary>
    public static ValueForm<double> Ratio(double largest) => new(
        "RATIO",
        string.Create(CultureInfo.InvariantCulture, $"a share above 0 and at most {largest}, such as 0.05"),
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0 && value <= largest
            ? value
            : throw new FormatException(string.Empty),
        value => value.ToString(CultureInfo.InvariantCulture));

    public static ValueForm<int> Whole(int smallest, int largest) => new(
        "N",
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {smallest} to {largest}"),
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= smallest && value <= largest
            ? value
            : throw new FormatException(string.Empty),
        value => value.ToString(CultureInfo.InvariantCulture));

    public static ValueForm<T> Choice<T>(params (string Name, T Value)[] choices) => new(
        string.Join('|', choices.Select(choice => choice.Name)),
        $"one of {string.Join(", ", choices.Select(choice => choice.Name))}",
        text => Array.FindIndex(choices, choice => choice.Name == text) is >= 0 and var index ? choices[index].Value : throw new FormatException(string.Empty),
        value => Array.Find(choices, choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Name);

    private static string NotEmpty(string text) => text.Length > 0 ? text : throw new FormatException(string.Empty);

    private static bool ParseSwitch(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw new FormatException(string.Empty),
    };

    private static string ParseFolder(string text) => Path.IsPathRooted(text) ? text : throw new FormatException(string.Empty);

    private static string ParseHttpPath(string text) =>
        text.StartsWith('/') && !text.AsSpan().ContainsAny("?# ")
            ? text
            : throw new FormatException("it begins with / and has no ?, # or space");

    private static string ParseHostPort(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? text
            : throw new FormatException(string.Empty);
    }

    private static Uri ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new FormatException(string.Empty);

    // Anchored, as Prometheus anchors its own; the time limit keeps a hostile pattern from stopping the agent.
    private static Regex ParsePattern(string text)
    {
        try
        {
            // Alone first: wrapped, an unbalanced pattern such as "a)(b" would pass.
            _ = new Regex(text, RegexOptions.CultureInvariant);
            return new Regex($@"\A(?:{text})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
