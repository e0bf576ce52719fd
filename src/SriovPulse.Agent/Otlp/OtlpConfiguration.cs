namespace SriovPulse.Agent.Otlp;

/// <summary>Settings that are complete: what flags and file say, then the standard environment, then the specification's defaults.</summary>
/// <remarks>Variables and defaults: OpenTelemetry specification, "OpenTelemetry Protocol Exporter" and "Environment Variable Specification".</remarks>
internal sealed record OtlpConfiguration
{
    /// <summary>Complete URL for HTTP; scheme and authority for gRPC.</summary>
    public required Uri Endpoint { get; init; }

    public required OtlpProtocol Protocol { get; init; }

    public required TimeSpan Interval { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public required string? CaFile { get; init; }

    public required string? ClientCertificateFile { get; init; }

    public required string? ClientKeyFile { get; init; }

    public required OtlpCompression Compression { get; init; }

    /// <summary>What users add to the resource; the later of two with one key counts.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> ResourceAttributes { get; init; }

    /// <summary>Completes <paramref name="given"/>; null when nobody names an endpoint, so that nothing is to be pushed.</summary>
    /// <param name="given">What flags and file say.</param>
    /// <param name="environment">Value of an environment variable.</param>
    /// <exception cref="OtlpConfigurationException">A setting cannot be used.</exception>
    public static OtlpConfiguration? Resolve(OtlpOptions given, Func<string, string?> environment)
    {
        var variables = new OtlpVariables(environment);
        var fromSignal = given.Endpoint is null ? variables.SignalEndpoint : null;
        var endpoint = given.Endpoint ?? fromSignal ?? variables.Endpoint;
        if (endpoint is null || (given.Endpoint is null && variables.IsDisabled))
        {
            return null;
        }

        var protocol = given.Protocol ?? variables.Protocol ?? OtlpProtocol.HttpProtobuf;
        var configuration = new OtlpConfiguration
        {
            Endpoint = Complete(endpoint, protocol, isComplete: fromSignal is not null),
            Protocol = protocol,
            Interval = given.Interval ?? variables.Interval ?? TimeSpan.FromSeconds(60),
            Timeout = given.Timeout ?? variables.Timeout ?? TimeSpan.FromSeconds(10),
            Headers = [.. given.Headers ?? variables.Headers ?? []],
            CaFile = given.CaFile ?? variables.CaFile,
            ClientCertificateFile = given.ClientCertificateFile ?? variables.ClientCertificateFile,
            ClientKeyFile = given.ClientKeyFile ?? variables.ClientKeyFile,
            Compression = given.Compression ?? variables.Compression ?? OtlpCompression.None,
            ResourceAttributes = [.. variables.ResourceAttributes, .. given.ResourceAttributes ?? []],
        };
        configuration.Validate();
        return configuration;
    }

    // A variable for all signals, and a flag, give the base; the variable for metrics gives the whole URL ("Endpoint URLs for OTLP/HTTP").
    private static Uri Complete(Uri endpoint, OtlpProtocol protocol, bool isComplete)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw new OtlpConfigurationException($"OTLP endpoint \"{endpoint}\" is not an http:// or https:// URL, such as http://localhost:4318");
        }

        if (endpoint.UserInfo.Length > 0)
        {
            throw new OtlpConfigurationException($"OTLP endpoint for host {endpoint.Host} has a user or password in it: give them as an authorization header");
        }

        if (protocol == OtlpProtocol.Grpc)
        {
            return endpoint.AbsolutePath == "/"
                ? endpoint
                : throw new OtlpConfigurationException($"OTLP endpoint \"{endpoint}\" has a path, which gRPC does not use: leave it out, or set the protocol to http/protobuf");
        }

        return isComplete ? endpoint : new UriBuilder(endpoint) { Path = endpoint.AbsolutePath.TrimEnd('/') + "/v1/metrics" }.Uri;
    }

    private void Validate()
    {
        if (Interval < TimeSpan.FromSeconds(1) || Interval > TimeSpan.FromDays(1))
        {
            throw new OtlpConfigurationException($"OTLP interval {Interval} is out of range: between 1 s and 1 day");
        }

        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromHours(1))
        {
            throw new OtlpConfigurationException($"OTLP timeout {Timeout} is out of range: above 0, at most 1 hour");
        }

        if (ClientCertificateFile is null != ClientKeyFile is null)
        {
            throw new OtlpConfigurationException("OTLP client certificate and client key go together: give both files or none");
        }

        foreach (var (name, value) in Headers)
        {
            ValidateHeader(name, value);
        }
    }

    // Here rather than when sending: HttpClient leaves some of them out without a word, and gRPC keeps names for itself. Values are secrets and not repeated.
    private void ValidateHeader(string name, string value)
    {
        using var probe = new HttpRequestMessage();
        if (!probe.Headers.TryAddWithoutValidation(name, value))
        {
            throw new OtlpConfigurationException($"OTLP header \"{name}\" cannot be sent: its name is not one of a request header");
        }

        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new OtlpConfigurationException($"OTLP header \"{name}\" cannot be sent: its value must be printable ASCII");
        }

        if (Protocol == OtlpProtocol.Grpc && (name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase) || name.EndsWith("-bin", StringComparison.OrdinalIgnoreCase)))
        {
            throw new OtlpConfigurationException($"OTLP header \"{name}\" cannot be sent: gRPC keeps names that begin with grpc- and gives a meaning to those that end in -bin");
        }
    }
}
