using SriovPulse.Agent.Otlp;

namespace SriovPulse.Agent.Tests.Otlp;

/// <summary>Configurations without an environment.</summary>
internal static class OtlpSettings
{
    public static OtlpConfiguration Resolve(OtlpOptions options) => OtlpConfiguration.Resolve(options, static _ => null)!;

    public static OtlpConfiguration For(Uri endpoint, bool grpc = false) =>
        Resolve(new OtlpOptions { Endpoint = endpoint, Protocol = grpc ? OtlpProtocol.Grpc : OtlpProtocol.HttpProtobuf });
}
