using System.Runtime.InteropServices;
using SriovPulse.Core;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>A PF and its VFs as <see cref="SriovTopology"/> last saw them; the next look overwrites it.</summary>
public sealed class SriovFunction
{
    internal SriovFunction()
    {
    }

    /// <summary>The PF's address.</summary>
    public PciAddress Address { get; internal set; }

    /// <summary>How many VFs it can have (<c>sriov_totalvfs</c>).</summary>
    public FileValue<int> SupportedVfs { get; internal set; }

    /// <summary>How the listing of its VFs ended; unless <see cref="ReadStatus.Ok"/>, VFs may be lacking.</summary>
    public ReadStatus VirtualFunctionsStatus { get; internal set; }

    /// <summary>The VFs that exist, by index.</summary>
    public ReadOnlySpan<VirtualFunctionLink> VirtualFunctions => CollectionsMarshal.AsSpan(Links);

    internal List<VirtualFunctionLink> Links { get; } = [];
}
