using System.Net;
using SriovPulse.Metrics.Configuration;

namespace SriovPulse.Controller.Hosting;

/// <summary>What a controller does.</summary>
/// <param name="Metrics">What is scraped and kept.</param>
/// <param name="Listen">Where it listens; loopback, as there is neither encryption nor authentication yet.</param>
public sealed record ControllerOptions(MetricsConfiguration Metrics, IPEndPoint Listen)
{
    /// <summary>Where it listens unless told otherwise.</summary>
    public const string DefaultListen = "127.0.0.1:9837";

    /// <summary>Reads an address to listen on.</summary>
    /// <exception cref="FormatException">It is none, or another than a loopback address.</exception>
    public static IPEndPoint ParseListen(string text)
    {
        var isAddress = IPEndPoint.TryParse(text.StartsWith("localhost:", StringComparison.Ordinal) ? $"127.0.0.1{text["localhost".Length..]}" : text, out var address);
        if (!isAddress || !text.Contains(':', StringComparison.Ordinal))
        {
            throw new FormatException($"\"{text}\" is no address to listen on: expected an IP address and a port, such as {DefaultListen}");
        }

        return IPAddress.IsLoopback(address!.Address)
            ? address
            : throw new FormatException(
                $"\"{text}\" is not a loopback address: the controller has neither TLS nor authentication yet, so it listens on 127.0.0.1 or [::1] only; "
                + "put a reverse proxy with both before it to reach it from elsewhere");
    }
}
