using SriovPulse.Core;

namespace SriovPulse.Linux.Sysfs;

/// <summary>A PF's link to one of its VFs, <c>virtfnN</c>.</summary>
/// <param name="Index">Index N of the VF on its PF.</param>
/// <param name="Generation">
/// Inode number of the link. sysfs never gives it twice (fs/kernfs/dir.c: ids rise, with a generation in the upper half), so a VF that was
/// destroyed and made again under the same index has another one.
/// </param>
/// <param name="Address">The VF's PCI address; null when the link names none.</param>
public readonly record struct VirtualFunctionLink(int Index, ulong Generation, PciAddress? Address);
