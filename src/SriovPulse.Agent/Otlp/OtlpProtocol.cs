namespace SriovPulse.Agent.Otlp;

/// <summary>How requests travel.</summary>
internal enum OtlpProtocol
{
    /// <summary>Protobuf in POST requests, customarily to port 4318.</summary>
    HttpProtobuf,

    /// <summary>gRPC, customarily to port 4317.</summary>
    Grpc,
}
