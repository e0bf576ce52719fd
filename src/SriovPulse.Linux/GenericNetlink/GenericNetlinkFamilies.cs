using System.Diagnostics.CodeAnalysis;
using SriovPulse.Linux.Interop;
using SriovPulse.Linux.Netlink;
using static SriovPulse.Linux.Interop.GenericNetlinkConstants;

namespace SriovPulse.Linux.GenericNetlink;

/// <summary>Finds families by name and remembers them. A family that is missing is asked for again each time: its module may be loaded later.</summary>
/// <param name="session">A session of <see cref="NetlinkProtocol.Generic"/>; stays the caller's.</param>
public sealed class GenericNetlinkFamilies(NetlinkSession session)
{
    private readonly Dictionary<string, GenericNetlinkFamily> _known = new(StringComparer.Ordinal);
    private readonly NetlinkRequest _request = new();

    /// <summary>Finds a family.</summary>
    /// <returns>False when the kernel does not have it.</returns>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public bool TryResolve(string name, [NotNullWhen(true)] out GenericNetlinkFamily? family)
    {
        try
        {
            family = Resolve(name);
            return true;
        }
        catch (NetlinkException refused) when (refused.Errno == Errno.ENOENT)
        {
            family = null;
            return false;
        }
    }

    /// <summary>Finds a family.</summary>
    /// <exception cref="NetlinkException">The kernel does not have it (ENOENT), or refused.</exception>
    public GenericNetlinkFamily Resolve(string name)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        _request.Begin(GENL_ID_CTRL);
        _request.Operation = $"find the generic netlink family \"{name}\"";
        _request.Append([CTRL_CMD_GETFAMILY, 1, 0, 0]);
        _request.Put(CTRL_ATTR_FAMILY_NAME, name);
        var found = new List<GenericNetlinkFamily>(1);
        session.Request(_request, found, static (found, message) => found.Add(Parse(new GenericNetlinkMessage(message))));
        _known[name] = found[0];
        return found[0];
    }

    /// <summary>Forgets a family, because its id turned out to be no longer valid.</summary>
    public void Forget(string name) => _known.Remove(name);

    /// <summary>Reads a CTRL_CMD_NEWFAMILY message.</summary>
    internal static GenericNetlinkFamily Parse(GenericNetlinkMessage message)
    {
        ushort id = 0;
        uint version = 0;
        var name = string.Empty;
        var groups = new Dictionary<string, uint>(StringComparer.Ordinal);
        var reader = message.Read();
        while (reader.TryRead())
        {
            switch (reader.Type)
            {
                case CTRL_ATTR_FAMILY_ID:
                    id = reader.GetUInt16();
                    break;
                case CTRL_ATTR_FAMILY_NAME:
                    name = reader.GetString();
                    break;
                case CTRL_ATTR_VERSION:
                    version = reader.GetUInt32();
                    break;
                case CTRL_ATTR_MCAST_GROUPS:
                    ParseGroups(reader.GetNested(), groups);
                    break;
            }
        }

        return id != 0
            ? new GenericNetlinkFamily(name, id, (byte)version, groups)
            : throw new NetlinkFormatException("the kernel described a generic netlink family without an id");
    }

    private static void ParseGroups(NetlinkAttributeReader entries, Dictionary<string, uint> groups)
    {
        while (entries.TryRead())
        {
            string? name = null;
            uint? id = null;
            var entry = entries.GetNested();
            while (entry.TryRead())
            {
                switch (entry.Type)
                {
                    case CTRL_ATTR_MCAST_GRP_NAME:
                        name = entry.GetString();
                        break;
                    case CTRL_ATTR_MCAST_GRP_ID:
                        id = entry.GetUInt32();
                        break;
                }
            }

            if (name is not null && id is not null)
            {
                groups[name] = id.Value;
            }
        }
    }
}
