using SriovPulse.Linux.Netlink;

namespace SriovPulse.Linux.Ethtool;

/// <summary>What one kind of ethtool netlink reply tells.</summary>
internal interface IEthtoolReading<TSelf>
    where TSelf : struct, IEthtoolReading<TSelf>
{
    /// <summary>Reads the reply's attributes.</summary>
    static abstract TSelf Parse(NetlinkAttributeReader attributes);
}
