using System.Globalization;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using SriovPulse.Agent.Ownership.Kubernetes.Protocol;

namespace SriovPulse.Agent.Ownership.Kubernetes;

/// <summary>Asks the kubelet which pod has which device, over its pod-resources socket; a connection per call, as calls are rare.</summary>
internal sealed class PodResourcesClient(string socket, TimeSpan deadline, TimeProvider time)
{
    /// <summary>
    /// The largest answer taken. A node's pods exceed gRPC's own default of 4 MiB (sriov-network-metrics-exporter had to raise it to this, too).
    /// </summary>
    public const int MaxReply = 16 * 1024 * 1024;

    /// <summary>Asks once; what goes wrong is in the answer's state.</summary>
    public async Task<KubeletFindings> ListAsync()
    {
        if (!File.Exists(socket))
        {
            return WhyMissing();
        }

        using var late = new CancellationTokenSource(deadline, time);
        SocketError? refused = null;
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, token) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), token).ConfigureAwait(false);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch (SocketException error)
                {
                    connection.Dispose();
                    refused = error.SocketErrorCode;
                    throw;
                }
                catch
                {
                    connection.Dispose();
                    throw;
                }
            },
        };

        // The host name is sent as the authority and otherwise unused.
        using var channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = handler,
            MaxReceiveMessageSize = MaxReply,
        });
        try
        {
            var response = await new PodResourcesLister.PodResourcesListerClient(channel)
                .ListAsync(new ListPodResourcesRequest(), cancellationToken: late.Token).ConfigureAwait(false);
            return new(PodClaims.Of(response), SourceState.Readable(OwnershipSource.Kubelet));
        }
        catch (RpcException) when (late.IsCancellationRequested)
        {
            return Failed(SourceAccess.TimedOut, string.Create(CultureInfo.InvariantCulture, $"no answer within {deadline.TotalSeconds:0.#} s"));
        }
        catch (RpcException) when (refused == SocketError.AccessDenied)
        {
            return Failed(SourceAccess.Denied, "connecting was refused");
        }
        catch (RpcException error)
        {
            return Failed(SourceAccess.Failed, $"{error.StatusCode}: {error.Status.Detail}");
        }
    }

    // File.Exists says no also when a folder on the way may not be looked into, as the kubelet's may not by everybody.
    private KubeletFindings WhyMissing()
    {
        try
        {
            _ = File.GetAttributes(socket);
            return KubeletFindings.NotPresent;
        }
        catch (UnauthorizedAccessException)
        {
            return Failed(SourceAccess.Denied, "looking for it was refused");
        }
        catch (IOException)
        {
            return KubeletFindings.NotPresent;
        }
    }

    private KubeletFindings Failed(SourceAccess access, string problem) =>
        new([], new(OwnershipSource.Kubelet, access, $"{socket}: {problem}"));
}
