using SriovPulse.Linux.Netlink;

namespace SriovPulse.Linux.Rtnetlink;

/// <summary>Picks one link from a dump of all.</summary>
/// <param name="ifIndex">The index to look for, 0 to look for the name.</param>
/// <param name="name">The name to look for.</param>
/// <param name="into">Filled with the link.</param>
/// <param name="other">Filled with the links that it is not.</param>
/// <param name="found">Set when it was seen.</param>
internal readonly ref struct LinkSearch(int ifIndex, string? name, LinkReading into, LinkReading other, ref bool found)
{
    private readonly ref bool _found = ref found;

    /// <summary>Takes the message if it is the link looked for.</summary>
    public void Look(NetlinkMessage message)
    {
        if (_found)
        {
            return;
        }

        LinkParser.Parse(message, other);
        if (ifIndex != 0 ? other.IfIndex == ifIndex : other.Name == name)
        {
            LinkParser.Parse(message, into);
            _found = true;
        }
    }

    /// <summary>Starts the search anew.</summary>
    public void Restart() => _found = false;
}
