using SriovPulse.Linux.Devlink;
using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using SriovPulse.Testing.GenericNetlink;
using SriovPulse.Testing.Netlink;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>What ethtool netlink and devlink tell of a host.</summary>
internal sealed class ScriptedGenericNetlink
{
    private const byte LinkModes = 4;
    private const byte PortGet = 5;
    private const byte EswitchGet = 29;

    /// <summary>Speed in Mb/s and the fastest supported mode's bit (<c>enum ethtool_link_mode_bit_indices</c>), by the netdev's index.</summary>
    public Dictionary<int, (uint Speed, int FastestMode)> Modes { get; } = [];

    /// <summary>Mode of the embedded switch by device, 0 legacy and 1 switchdev; error number where it is negative.</summary>
    public Dictionary<string, int> Eswitches { get; } = [];

    /// <summary>Representors of VFs: PCI device, VF, netdev.</summary>
    public List<(string Device, int Vf, string Netdev)> Representors { get; } = [];

    /// <summary>Error number with which the list of ports ends; 0 to let it succeed.</summary>
    public int PortsRefusal { get; set; }

    public EthtoolNetlinkClient OpenEthtool() => new(new NetlinkSession(new ScriptedFamily("ethtool", AnswerEthtool).Kernel));

    public DevlinkClient OpenDevlink() => new(new NetlinkSession(new ScriptedFamily("devlink", AnswerDevlink).Kernel));

    private IEnumerable<byte[]> AnswerEthtool(ScriptedRequest request)
    {
        if (ScriptedFamily.Command(request) != LinkModes)
        {
            return [request.Error(Errno.EOPNOTSUPP)];
        }

        if (!Modes.TryGetValue(IfIndex(request), out var link))
        {
            return [request.Error(Errno.ENODEV)];
        }

        var supported = new byte[16];
        supported[link.FastestMode / 8] = (byte)(1 << (link.FastestMode % 8));
        var reply = new AttributeBytes().Put(2, (byte)1).Nest(3, set => set.Put(2, 124u).Put(4, supported).Put(5, supported)).Put(5, link.Speed).Put(6, (byte)1);
        return [ScriptedFamily.Reply(request, LinkModes, reply)];
    }

    private IEnumerable<byte[]> AnswerDevlink(ScriptedRequest request)
    {
        switch (ScriptedFamily.Command(request))
        {
            case PortGet:
                return
                [
                    .. Representors.Select(port => ScriptedFamily.Reply(
                        request,
                        PortGet,
                        new AttributeBytes().Put(1, "pci").Put(2, port.Device).Put(3, (uint)port.Vf).Put(7, port.Netdev).Put(77, (ushort)4).Put(127, (ushort)0).Put(128, (ushort)port.Vf),
                        NetlinkFlags.Multipart)),
                    request.Done(PortsRefusal),
                ];
            case EswitchGet when Eswitches.TryGetValue(Device(request), out var mode):
                return mode < 0
                    ? [request.Error(-mode)]
                    : [ScriptedFamily.Reply(request, EswitchGet, new AttributeBytes().Put(1, "pci").Put(2, Device(request)).Put(25, (ushort)mode))];
            default:
                return [request.Error(Errno.EOPNOTSUPP)];
        }
    }

    private static int IfIndex(ScriptedRequest request)
    {
        var attributes = ScriptedFamily.Attributes(request);
        while (attributes.TryRead())
        {
            if (attributes.Type == 1)
            {
                var header = attributes.GetNested();
                while (header.TryRead())
                {
                    if (header.Type == 1)
                    {
                        return (int)header.GetUInt32();
                    }
                }
            }
        }

        return 0;
    }

    private static string Device(ScriptedRequest request)
    {
        var attributes = ScriptedFamily.Attributes(request);
        while (attributes.TryRead())
        {
            if (attributes.Type == 2)
            {
                return attributes.GetString();
            }
        }

        return string.Empty;
    }
}
