namespace SriovPulse.Agent.Otlp;

/// <summary>
/// Settings as text, spelled as in the OpenTelemetry specification. <c>source</c> is where the text stands, for the error: a variable's name, a flag, a file's line.
/// </summary>
internal static class OtlpText
{
    /// <exception cref="OtlpConfigurationException">No URL.</exception>
    public static Uri ParseEndpoint(string text, string source) =>
        Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
            ? endpoint
            : throw new OtlpConfigurationException($"{source}: \"{text}\" is not a URL; write it like http://localhost:4318");

    /// <exception cref="OtlpConfigurationException">No protocol that the agent speaks.</exception>
    public static OtlpProtocol ParseProtocol(string text, string source) => text switch
    {
        "grpc" => OtlpProtocol.Grpc,
        "http/protobuf" => OtlpProtocol.HttpProtobuf,
        _ => throw new OtlpConfigurationException($"{source}: \"{text}\" is not a protocol that the agent speaks; it is grpc or http/protobuf"),
    };

    /// <exception cref="OtlpConfigurationException">No compression that the agent has.</exception>
    public static OtlpCompression ParseCompression(string text, string source) => text switch
    {
        "gzip" => OtlpCompression.Gzip,
        "none" => OtlpCompression.None,
        _ => throw new OtlpConfigurationException($"{source}: \"{text}\" is not a compression that the agent has; it is gzip or none"),
    };

    /// <summary>Parses <c>key=value,key=value</c>, values percent-encoded (W3C Baggage without properties).</summary>
    /// <exception cref="OtlpConfigurationException">A part is no <c>key=value</c>. Values are not repeated in the message: headers carry secrets.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> ParsePairs(string text, string source)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        var number = 0;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            number++;
            if (part.Length == 0)
            {
                continue;
            }

            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? string.Empty : part[..equals].Trim();
            if (key.Length == 0)
            {
                throw new OtlpConfigurationException($"{source}: entry {number} is not key=value; separate entries by commas and write a comma within a value as %2C");
            }

            pairs.Add(new(key, Uri.UnescapeDataString(part[(equals + 1)..].Trim())));
        }

        return pairs;
    }
}
