using SriovPulse.Core;
using SriovPulse.Linux.Files;

namespace SriovPulse.Testing.Trees;

/// <summary>
/// A host's file tree in a temporary folder, shaped as sysfs is: real directories below <c>sys/devices</c>, relative links to them below <c>sys/bus</c> and
/// <c>sys/class</c>. Removed when disposed.
/// </summary>
public sealed class HostTree : IDisposable
{
    private readonly List<DirectoryHandle> _handles = [];

    public HostTree()
    {
        // Thousands of small files are made a hundred times faster in memory. Not CreateTempSubdirectory, which shuts out other users: tests of denied
        // reads change who they are.
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        Root = Path.Combine(parent, $"sriovpulse-tree-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Full("sys/bus/pci/devices"));
        Directory.CreateDirectory(Full("sys/class/net"));
    }

    /// <summary>The tree's top folder, what <c>--path.rootfs</c> would name.</summary>
    public string Root { get; }

    /// <summary>Full path of a path below the root.</summary>
    public string Full(string path) => Path.Combine(Root, path);

    /// <summary>Opens the root; closed with the tree.</summary>
    public DirectoryHandle Open()
    {
        var handle = DirectoryHandle.Open(Root);
        _handles.Add(handle);
        return handle;
    }

    /// <summary>Writes a file, with the folders above it.</summary>
    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), content);
    }

    /// <summary>Makes a symbolic link, with the folders above it; replaces one that is there.</summary>
    /// <param name="path">The link, below the root.</param>
    /// <param name="target">What it points to, below the root; written as a relative link, as sysfs does.</param>
    public void Link(string path, string target)
    {
        var folder = Path.GetDirectoryName(Full(path))!;
        Directory.CreateDirectory(folder);
        if (new FileInfo(Full(path)).LinkTarget is not null)
        {
            File.Delete(Full(path));
        }

        // sysfs goes up to a folder above the target, so that a link always ends in the target's name (fs/kernfs/symlink.c).
        var above = Path.GetRelativePath(folder, Path.GetDirectoryName(Full(target))!);
        File.CreateSymbolicLink(Full(path), Path.Combine(above, Path.GetFileName(target)));
    }

    /// <summary>Removes a file, a link or a folder with what is in it.</summary>
    public void Remove(string path)
    {
        var full = Full(path);
        if (new FileInfo(full).LinkTarget is null && Directory.Exists(full))
        {
            Directory.Delete(full, recursive: true);
        }
        else
        {
            File.Delete(full);
        }
    }

    /// <summary>Adds a PCI function.</summary>
    public FunctionTree AddFunction(string address) => AddFunction(PciAddress.Parse(address));

    /// <summary>Adds a PCI function.</summary>
    public FunctionTree AddFunction(PciAddress address) => new(this, address);

    /// <summary>Adds a PCI function that can have VFs, with the attributes that the kernel gives every PF.</summary>
    public FunctionTree AddPf(string address, int totalVfs = 8, int vfs = 0, int offset = 128, int stride = 2)
    {
        var pf = new FunctionTree(this, PciAddress.Parse(address)) { VfOffset = offset, VfStride = stride };
        pf.Write("sriov_totalvfs", $"{totalVfs}\n");
        pf.Write("sriov_offset", $"{offset}\n");
        pf.Write("sriov_stride", $"{stride}\n");
        pf.Write("sriov_vf_device", "10ca\n");
        pf.Write("sriov_drivers_autoprobe", "1\n");

        // What must never be read, because on a real host it blocks: reading this folder as a file fails.
        Directory.CreateDirectory(Full($"{pf.Path}/sriov_numvfs"));
        for (var i = 0; i < vfs; i++)
        {
            pf.AddVf(i);
        }

        return pf;
    }

    /// <summary>Adds a netdev.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="device">Directory of its device below the root; none for a virtual netdev.</param>
    public NetdevTree AddNetdev(string name, string? device = null) => new(this, name, device);

    /// <summary>Adds a netdevsim device with one netdev, <c>eniNnp1</c> unless named otherwise.</summary>
    public NetdevTree AddNetdevsim(int id, int vfs, string? netdev = null)
    {
        var path = $"sys/devices/netdevsim{id}";
        Write($"{path}/sriov_numvfs", $"{vfs}\n");
        Link($"sys/bus/netdevsim/devices/netdevsim{id}", path);
        return AddNetdev(netdev ?? $"eni{id}np1", path);
    }

    public void Dispose()
    {
        foreach (var handle in _handles)
        {
            handle.Dispose();
        }

        Directory.Delete(Root, recursive: true);
    }
}
