using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using SriovPulse.Agent.Configuration;

namespace SriovPulse.Agent.Serving;

/// <summary>Makes the sockets that are listened on, and says what to do where it cannot.</summary>
internal sealed class ListenSockets(IReadOnlyList<ListenAddress> addresses)
{
    /// <exception cref="ListenException">The address cannot be listened on.</exception>
    public Socket Bind(EndPoint endpoint)
    {
        if (endpoint is UnixDomainSocketEndPoint unix)
        {
            RemoveLeftover(unix);
        }

        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse || !IsOneOfSeveral(endpoint))
        {
            throw new ListenException($"cannot listen on {endpoint}: {Cure(e, endpoint)}", e);
        }
    }

    // "All addresses" and "localhost" stand for IPv6 and IPv4, of which IPv6 may be switched off: Kestrel goes on with IPv4 when it sees the socket's own exception.
    private bool IsOneOfSeveral(EndPoint endpoint) =>
        endpoint is IPEndPoint ip && ip.AddressFamily == AddressFamily.InterNetworkV6 && !addresses.Any(address => ip.Address.Equals(address.Address));

    private static string Cure(SocketException e, EndPoint endpoint) => (e.SocketErrorCode, endpoint) switch
    {
        (SocketError.AddressAlreadyInUse, IPEndPoint ip) =>
            $"another program does already (`ss -ltnp 'sport = :{ip.Port}'` names it). Stop it, or give another --web.listen-address",
        (SocketError.AddressAlreadyInUse, _) => "another program does already. Stop it, or give another --web.listen-address",
        (SocketError.AccessDenied, IPEndPoint) => "ports below 1024 need CAP_NET_BIND_SERVICE. Give another --web.listen-address",
        (SocketError.AccessDenied, _) => "its folder may not be written to. Give another --web.listen-address, or the folder to the agent's user",
        (SocketError.AddressNotAvailable, IPEndPoint) =>
            "this host does not have the address (`ip address` lists those that it has). Correct --web.listen-address",
        _ => $"{e.Message}. Correct --web.listen-address",
    };

    // A socket of an agent that was killed stays behind; nobody answers on it.
    private static void RemoveLeftover(UnixDomainSocketEndPoint endpoint)
    {
        var path = endpoint.ToString()!;
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            probe.Connect(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
        }
        catch (SocketException)
        {
            // Binding tells what is wrong.
        }
    }

    // A regular file refuses connections too, and must not be lost to a slip of the pen. open(2) fails for sockets, with ENXIO.
    private static bool IsSocket(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
