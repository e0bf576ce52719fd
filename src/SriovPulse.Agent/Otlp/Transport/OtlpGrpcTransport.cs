using System.Buffers;
using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;

namespace SriovPulse.Agent.Otlp.Transport;

/// <summary>OTLP/gRPC (OTLP specification, section "OTLP/gRPC"): a unary call whose message is encoded already.</summary>
internal sealed class OtlpGrpcTransport : IOtlpTransport
{
    private const string StatusDetails = "grpc-status-details-bin";

    // Grpc.Net.Client's name for the request's compression; it is not sent.
    private const string CompressRequest = "grpc-internal-encoding-request";

    private static readonly Method<Message, byte[]> s_export = new(
        MethodType.Unary,
        "opentelemetry.proto.collector.metrics.v1.MetricsService",
        "Export",
        new Marshaller<Message>(Serialize, static (DeserializationContext _) => throw new NotSupportedException()),
        new Marshaller<byte[]>(static (_, _) => throw new NotSupportedException(), static context => context.PayloadAsNewBuffer()));

    private readonly GrpcChannel _channel;
    private readonly CallInvoker _invoker;
    private readonly OtlpConfiguration _configuration;
    private readonly Metadata _headers = [];
    private readonly TimeProvider _clock;

    /// <param name="configuration">Where and how to send.</param>
    /// <param name="handler">Makes the connections; disposed with this.</param>
    /// <param name="clock">For the timeout.</param>
    public OtlpGrpcTransport(OtlpConfiguration configuration, HttpMessageHandler handler, TimeProvider clock)
    {
        _configuration = configuration;
        _clock = clock;
        foreach (var (name, value) in configuration.Headers)
        {
            _headers.Add(name, value);
        }

        if (configuration.Compression == OtlpCompression.Gzip)
        {
            _headers.Add(CompressRequest, "gzip");
        }

        _channel = GrpcChannel.ForAddress(configuration.Endpoint, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        _invoker = _channel.CreateCallInvoker();
    }

    public async ValueTask<OtlpOutcome> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_configuration.Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var call = _invoker.AsyncUnaryCall(s_export, null, new CallOptions(_headers, cancellationToken: both.Token), new Message(request));
            return ServerReply.ParseResponse(await call.ResponseAsync.ConfigureAwait(false));
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException) when (timeout.IsCancellationRequested)
        {
            return new OtlpOutcome(OtlpVerdict.Retryable, $"no answer within {_configuration.Timeout.TotalSeconds:0.###} s");
        }
        catch (RpcException e)
        {
            return Judge(e);
        }
    }

    public void Dispose() => _channel.Dispose();

    private static void Serialize(Message message, SerializationContext context)
    {
        context.SetPayloadLength(message.Bytes.Length);
        context.GetBufferWriter().Write(message.Bytes.Span);
        context.Complete();
    }

    // Section "Failures" with its table of codes.
    private static OtlpOutcome Judge(RpcException exception)
    {
        var retryAfter = ParseDetails(exception.Trailers);
        var verdict = exception.StatusCode switch
        {
            StatusCode.Cancelled or StatusCode.DeadlineExceeded or StatusCode.Aborted or StatusCode.OutOfRange or StatusCode.Unavailable or StatusCode.DataLoss =>
                OtlpVerdict.Retryable,
            StatusCode.ResourceExhausted when retryAfter is not null => OtlpVerdict.Retryable,

            // The code is then Grpc.Net.Client's and not the server's: INTERNAL for a failed TLS handshake. No connection is always worth another try.
            _ when exception.Status.DebugException is HttpRequestException => OtlpVerdict.Retryable,
            _ => OtlpVerdict.Refused,
        };
        var code = exception.StatusCode.ToString("G");
        var message = exception.Status.DebugException is { } cause ? Causes.Of(cause) : exception.Status.Detail;
        return new OtlpOutcome(verdict, string.Create(CultureInfo.InvariantCulture, $"{code} ({(int)exception.StatusCode}): {message}"), RetryAfter: retryAfter);
    }

    private static TimeSpan? ParseDetails(Metadata trailers)
    {
        try
        {
            return trailers.GetValueBytes(StatusDetails) is { } details ? ServerReply.ParseStatus(details).RetryAfter : null;
        }
        catch (FormatException)
        {
            // Not the base64 that a binary trailer is; then there are no details.
            return null;
        }
    }

    // Grpc.Core wants a class.
    private sealed record Message(ReadOnlyMemory<byte> Bytes);
}
