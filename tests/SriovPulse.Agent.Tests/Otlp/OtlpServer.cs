using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SriovPulse.Agent.Tests.Otlp.Protocol;

namespace SriovPulse.Agent.Tests.Otlp;

/// <summary>An OTLP server on loopback: HTTP/1.1 and gRPC, in the clear or with TLS. It answers as told, with success when not told.</summary>
internal sealed class OtlpServer : IAsyncDisposable
{
    private const string GrpcPath = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    private readonly WebApplication _application;
    private readonly ConcurrentQueue<OtlpAnswer> _answers = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private OtlpServer(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    public Uri Address { get; }

    public ConcurrentQueue<ReceivedExport> Received { get; } = new();

    /// <summary>Starts a server. HTTP/1.1 and HTTP/2 share no port without TLS, so <paramref name="grpc"/> chooses.</summary>
    public static async Task<OtlpServer> StartAsync(bool grpc = false, X509Certificate2? certificate = null, bool askForClientCertificate = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        OtlpServer? server = null;
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1;
                if (certificate is not null)
                {
                    listen.UseHttps(certificate, https =>
                    {
                        https.ClientCertificateMode = askForClientCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate;
                        https.AllowAnyClientCertificate();
                    });
                }
            });
        });
        var application = builder.Build();
        application.Run(context => server!.ServeAsync(context));
        await application.StartAsync();
        var bound = new Uri(application.Urls.Single());
        server = new OtlpServer(application, new UriBuilder(certificate is null ? "http" : "https", certificate is null ? "127.0.0.1" : "localhost", bound.Port).Uri);
        return server;
    }

    /// <summary>Answers the next request that has no answer yet in this way.</summary>
    public void Answer(OtlpAnswer answer) => _answers.Enqueue(answer);

    /// <summary>Waits until one more request has arrived.</summary>
    public async Task<ReceivedExport> NextAsync()
    {
        Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(60)), "no request has arrived");
        Assert.True(Received.TryDequeue(out var export));
        return export;
    }

    public async ValueTask DisposeAsync()
    {
        // Requests that hang by intent would hold up an orderly stop.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var isGrpc = context.Request.ContentType == "application/grpc";
        var body = await ReadAsync(context, isGrpc);
        var request = ExportMetricsServiceRequest.Parser.ParseFrom(body);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Received.Enqueue(new ReceivedExport(context.Request.Path, context.Request.Protocol, headers, request, context.Connection.ClientCertificate?.Thumbprint));
        _arrived.Release();

        var answer = _answers.TryDequeue(out var told) ? told : new OtlpAnswer();
        if (answer.Hang)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return;
        }

        if (answer.Disconnect)
        {
            context.Features.Get<IConnectionLifetimeFeature>()!.Abort();
            return;
        }

        await (isGrpc ? AnswerGrpcAsync(context, answer) : AnswerHttpAsync(context, answer));
    }

    private static async Task<byte[]> ReadAsync(HttpContext context, bool isGrpc)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content);
        var bytes = content.ToArray();
        if (!isGrpc)
        {
            Assert.Equal("application/x-protobuf", context.Request.ContentType);
            return context.Request.Headers.ContentEncoding == "gzip" ? Unzip(bytes) : bytes;
        }

        // gRPC over HTTP2, "Length-Prefixed-Message": whether compressed, four bytes of length, the message.
        Assert.Equal(GrpcPath, context.Request.Path);
        Assert.Equal(bytes.Length - 5, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1)));
        Assert.Equal(context.Request.Headers["grpc-encoding"] == "gzip" ? 1 : 0, bytes[0]);
        return bytes[0] == 1 ? Unzip(bytes[5..]) : bytes[5..];
    }

    private static byte[] Unzip(byte[] compressed)
    {
        using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static async Task AnswerHttpAsync(HttpContext context, OtlpAnswer answer)
    {
        context.Response.StatusCode = answer.HttpStatus;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Text is not null)
        {
            await context.Response.WriteAsync(answer.Text);
            return;
        }

        context.Response.ContentType = "application/x-protobuf";
        IMessage message = answer.HttpStatus < 300 ? answer.Response : answer.Status ?? new Status();
        await context.Response.Body.WriteAsync(message.ToByteArray());
    }

    private static async Task AnswerGrpcAsync(HttpContext context, OtlpAnswer answer)
    {
        context.Response.ContentType = "application/grpc";
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.StatusCode = answer.HttpStatus;
        if (answer.HttpStatus != 200)
        {
            context.Response.ContentType = "text/plain";
            return;
        }

        var details = answer.Status is { Details.Count: > 0 } ? Convert.ToBase64String(answer.Status.ToByteArray()).TrimEnd('=') : null;
        if (answer.TrailersOnly)
        {
            context.Response.Headers["grpc-status"] = answer.GrpcStatus.ToString(System.Globalization.CultureInfo.InvariantCulture);
            context.Response.Headers["grpc-message"] = answer.Status?.Message;
            context.Response.Headers["grpc-status-details-bin"] = answer.Details ?? details;
            return;
        }

        if (answer.GrpcStatus == 0)
        {
            var message = answer.Response.ToByteArray();
            var frame = new byte[5 + message.Length];
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
            message.CopyTo(frame, 5);
            await context.Response.Body.WriteAsync(frame);
        }
        else
        {
            await context.Response.Body.FlushAsync();
        }

        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()!.Trailers;
        trailers["grpc-status"] = answer.GrpcStatus.ToString(System.Globalization.CultureInfo.InvariantCulture);
        trailers["grpc-message"] = answer.Status?.Message;
        trailers["grpc-status-details-bin"] = answer.Details ?? details;
    }
}
