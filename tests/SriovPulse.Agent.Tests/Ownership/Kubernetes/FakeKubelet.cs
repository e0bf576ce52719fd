using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using SriovPulse.Agent.Ownership.Kubernetes.Protocol;

namespace SriovPulse.Agent.Tests.Ownership.Kubernetes;

/// <summary>A kubelet's pod-resources socket; speaks gRPC's wire form by hand, so that it does not share the client's library.</summary>
internal sealed class FakeKubelet : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private FakeKubelet(WebApplication app) => _app = app;

    /// <summary>How often List was called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public ListPodResourcesResponse Reply { get; set; } = new();

    /// <summary>Sent instead of <see cref="Reply"/> when there is one.</summary>
    public byte[]? RawReply { get; set; }

    /// <summary>gRPC status; other than 0 no reply is sent.</summary>
    public int Status { get; set; }

    /// <summary>Whether calls are accepted and never answered.</summary>
    public bool Hangs { get; set; }

    /// <summary>A pod with devices of a plugin.</summary>
    public static PodResources Pod(string name, string space, params string[] devices) => new()
    {
        Name = name,
        Namespace = space,
        Containers = { new ContainerResources { Name = "c", Devices = { new ContainerDevices { ResourceName = "intel.com/vfs", DeviceIds = { devices } } } } },
    };

    public static async Task<FakeKubelet> StartAsync(string socket)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(socket)!);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        var kubelet = new FakeKubelet(builder.Build());
        kubelet._app.Run(kubelet.AnswerAsync);
        await kubelet._app.StartAsync();
        return kubelet;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _calls);
        if (context.Request.Path != "/v1.PodResourcesLister/List" || context.Request.ContentType != "application/grpc")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        context.Response.ContentType = "application/grpc";
        if (Status == 0)
        {
            var message = RawReply ?? Reply.ToByteArray();
            var prefix = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), message.Length);
            await context.Response.Body.WriteAsync(prefix);
            await context.Response.Body.WriteAsync(message);
        }

        context.Response.AppendTrailer("grpc-status", $"{Status}");
        context.Response.AppendTrailer("grpc-message", Status == 0 ? "" : "not today");
    }
}
