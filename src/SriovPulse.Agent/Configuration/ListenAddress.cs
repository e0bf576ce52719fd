using System.Globalization;
using System.Net;

namespace SriovPulse.Agent.Configuration;

/// <summary>Where to listen: an IP address and port, all addresses, the loopback ones, or a Unix socket.</summary>
internal sealed record ListenAddress
{
    private const string UnixPrefix = "unix:";

    private ListenAddress(string text) => Text = text;

    /// <summary>As given.</summary>
    public string Text { get; }

    /// <summary>TCP port; 0 lets the kernel choose one.</summary>
    public int Port { get; private init; }

    /// <summary>The address; null for all, for <c>localhost</c> and for Unix sockets.</summary>
    public IPAddress? Address { get; private init; }

    /// <summary>IPv4's and IPv6's loopback addresses.</summary>
    public bool IsLocalhost { get; private init; }

    /// <summary>Path of a Unix socket.</summary>
    public string? SocketPath { get; private init; }

    /// <exception cref="FormatException">It is no address to listen on.</exception>
    public static ListenAddress Parse(string text)
    {
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            return ParseUnix(text, text[UnixPrefix.Length..]);
        }

        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? string.Empty : text[..colon];
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            throw new FormatException("a port from 0 to 65535 is missing at its end");
        }

        if (host.Length == 0 || host == "*")
        {
            return new(text) { Port = port };
        }

        if (host == "localhost")
        {
            return new(text) { Port = port, IsLocalhost = true };
        }

        var isBracketed = host[0] == '[' && host[^1] == ']';
        if (!IPAddress.TryParse(isBracketed ? host[1..^1] : host, out var address))
        {
            throw new FormatException($"\"{host}\" is no IP address; names other than localhost are not looked up");
        }

        if (isBracketed != (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6))
        {
            throw new FormatException("IPv6 addresses, and no others, stand in brackets");
        }

        return new(text) { Port = port, Address = address };
    }

    public override string ToString() => Text;

    private static ListenAddress ParseUnix(string text, string path)
    {
        if (!path.StartsWith('/'))
        {
            throw new FormatException("the path of a Unix socket begins with /");
        }

        // sun_path of sockaddr_un has room for 108 bytes with the closing zero (linux/un.h).
        return System.Text.Encoding.UTF8.GetByteCount(path) <= 107
            ? new(text) { SocketPath = path }
            : throw new FormatException("the path of a Unix socket has at most 107 bytes");
    }
}
