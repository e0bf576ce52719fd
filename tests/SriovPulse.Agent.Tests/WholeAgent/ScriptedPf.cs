using SriovPulse.Testing.Ethtool;
using SriovPulse.Testing.Netlink;
using SriovPulse.Testing.Trees;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>A PF of a <see cref="ScriptedHost"/>, to be changed between two collections.</summary>
/// <param name="Tree">Its files.</param>
/// <param name="Netdev">Its netdev's files.</param>
/// <param name="Link">What rtnetlink tells.</param>
/// <param name="Driver">What the ethtool ioctl tells.</param>
internal sealed record ScriptedPf(FunctionTree Tree, NetdevTree Netdev, ScriptedLink Link, ScriptedDriver Driver)
{
    /// <summary>Has rtnetlink tell other things of the VFs.</summary>
    public void Tell(Func<int, VfReply> vf) => Link.Reply = Link.Reply with { Vf = vf };
}
