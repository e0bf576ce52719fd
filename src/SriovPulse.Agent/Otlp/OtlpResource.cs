using System.Security.Cryptography;
using System.Text;

namespace SriovPulse.Agent.Otlp;

/// <summary>The resource attributes: which agent on which host speaks (OpenTelemetry semantic conventions, "service", "host", "os").</summary>
internal static class OtlpResource
{
    /// <summary>Name of the service, and of the instrumentation scope.</summary>
    public const string ServiceName = "sriovpulse-agent";

    // The namespace that the conventions give for service.instance.id made of a stable id of the machine.
    private static readonly Guid s_instanceNamespace = new("4d63009a-8d0f-11ee-aad7-4c796ed8e320");

    /// <summary>The agent's attributes with the user's over them, keys unique, in the order of first mention.</summary>
    /// <param name="host">Who the host is.</param>
    /// <param name="version">The agent's version.</param>
    /// <param name="architecture">The processor's architecture in the conventions' spelling, such as <c>amd64</c>.</param>
    /// <param name="added">What users add; an empty value removes an attribute.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Describe(
        HostIdentity host, string version, string architecture, IReadOnlyList<KeyValuePair<string, string>> added)
    {
        List<KeyValuePair<string, string>> attributes =
        [
            new("service.name", ServiceName),
            new("service.version", version),
            new("service.instance.id", InstanceId(host.MachineId)),
            new("host.name", host.Name),
            new("host.id", host.MachineId ?? string.Empty),
            new("host.arch", architecture),
            new("os.type", "linux"),
        ];
        foreach (var attribute in added)
        {
            var known = attributes.FindIndex(own => own.Key == attribute.Key);
            if (known < 0)
            {
                attributes.Add(attribute);
            }
            else
            {
                attributes[known] = attribute;
            }
        }

        attributes.RemoveAll(attribute => attribute.Value.Length == 0);
        return attributes;
    }

    // The same after each restart, where the machine has an id: it becomes Prometheus' "instance" label, and a new one would be a new set of series.
    private static string InstanceId(string? machineId) => machineId is null ? Guid.NewGuid().ToString() : NameBased(machineId).ToString();

    // UUID version 5, RFC 9562 section 5.5: SHA-1 of namespace and name, with version and variant set.
    private static Guid NameBased(string name)
    {
        Span<byte> input = [.. s_instanceNamespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The UUID is an identifier, not a secret; its standard says SHA-1.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
