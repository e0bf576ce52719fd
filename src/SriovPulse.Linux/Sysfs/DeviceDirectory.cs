using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>
/// A directory with an entry per device, such as <c>sys/bus/pci/devices</c>, and the attributes of those devices. Its descriptor is kept, because the
/// kernel's walk along a full path costs twice the read. Only for directories that live as long as the kernel does.
/// </summary>
internal sealed class DeviceDirectory(DirectoryHandle root, string path) : IDisposable
{
    private const int TextLength = 256;

    private readonly Lock _lock = new();
    private readonly NamePool _names = new();
    private DirectoryHandle? _devices;

    public string Path { get; } = path;

    public ReadStatus TryGet([NotNullWhen(true)] out DirectoryHandle? devices)
    {
        devices = Volatile.Read(ref _devices);
        if (devices is not null)
        {
            return ReadStatus.Ok;
        }

        lock (_lock)
        {
            var status = _devices is null ? root.TryOpenDirectory(Encoding.UTF8.GetBytes(Path), out _devices) : ReadStatus.Ok;
            devices = _devices;
            return status;
        }
    }

    public void Dispose() => Close();

    /// <summary>Gives the descriptor back; the next read opens the directory again.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _devices?.Dispose();
            _devices = null;
        }
    }

    public string Name(ReadOnlySpan<byte> utf8) => _names.Get(utf8);

    [SkipLocalsInit]
    public FileValue<int> ReadInt32(scoped in DeviceName device, ReadOnlySpan<byte> attribute)
    {
        var status = TryGet(out var devices);
        return status == ReadStatus.Ok
            ? devices!.ReadInt32(Join(stackalloc byte[DirectoryHandle.MaxPathLength], device, attribute))
            : new FileValue<int>(status);
    }

    [SkipLocalsInit]
    public FileValue<ulong> ReadUInt64(scoped in DeviceName device, ReadOnlySpan<byte> attribute)
    {
        var status = TryGet(out var devices);
        return status == ReadStatus.Ok
            ? devices!.ReadUInt64(Join(stackalloc byte[DirectoryHandle.MaxPathLength], device, attribute))
            : new FileValue<ulong>(status);
    }

    [SkipLocalsInit]
    public FileValue<uint> ReadHex(scoped in DeviceName device, ReadOnlySpan<byte> attribute)
    {
        var status = TryGet(out var devices);
        return status == ReadStatus.Ok
            ? devices!.ReadHex(Join(stackalloc byte[DirectoryHandle.MaxPathLength], device, attribute))
            : new FileValue<uint>(status);
    }

    [SkipLocalsInit]
    public ReadStatus Read(scoped in DeviceName device, scoped ReadOnlySpan<byte> attribute, Span<byte> buffer, out ReadOnlySpan<byte> text)
    {
        text = default;
        var status = TryGet(out var devices);
        if (status == ReadStatus.Ok)
        {
            status = devices!.Read(Join(stackalloc byte[DirectoryHandle.MaxPathLength], device, attribute), buffer, out var length);
            text = NumberText.Trim(buffer[..length]);
        }

        return status;
    }

    /// <summary>Reads a line of text; an empty one is <see cref="ReadStatus.Unsupported"/>, because that is how drivers say "none".</summary>
    [SkipLocalsInit]
    public FileValue<string> ReadText(scoped in DeviceName device, ReadOnlySpan<byte> attribute)
    {
        var status = Read(device, attribute, stackalloc byte[TextLength], out var text);
        status = status == ReadStatus.Ok && text.IsEmpty ? ReadStatus.Unsupported : status;
        return status == ReadStatus.Ok ? new FileValue<string>(_names.Get(text)) : new FileValue<string>(status);
    }

    [SkipLocalsInit]
    public ReadStatus ReadLinkName(scoped in DeviceName device, scoped ReadOnlySpan<byte> link, Span<byte> buffer, out ReadOnlySpan<byte> name)
    {
        name = default;
        var status = TryGet(out var devices);
        return status == ReadStatus.Ok
            ? devices!.ReadLinkName(Join(stackalloc byte[DirectoryHandle.MaxPathLength], device, link), buffer, out name)
            : status;
    }

    /// <summary>Reads a link whose target's name says something, such as a driver's.</summary>
    [SkipLocalsInit]
    public FileValue<string> ReadLinkName(scoped in DeviceName device, ReadOnlySpan<byte> link)
    {
        var status = ReadLinkName(device, link, stackalloc byte[DirectoryHandle.MaxPathLength], out var name);
        return status == ReadStatus.Ok ? new FileValue<string>(_names.Get(name)) : new FileValue<string>(status);
    }

    /// <summary>Lists the names in a directory of the device, in ordinal order.</summary>
    [SkipLocalsInit]
    public ReadStatus ReadNames(scoped in DeviceName device, ReadOnlySpan<byte> directory, List<string> names)
    {
        names.Clear();
        var status = TryGet(out var devices);
        return status == ReadStatus.Ok
            ? ReadNames(devices!, Join(stackalloc byte[DirectoryHandle.MaxPathLength], device, directory), names)
            : status;
    }

    /// <summary>Lists the devices' names in ordinal order.</summary>
    public ReadStatus ReadNames(List<string> names)
    {
        names.Clear();
        var status = TryGet(out var devices);
        return status == ReadStatus.Ok ? ReadNames(devices!, "."u8, names) : status;
    }

    [SkipLocalsInit]
    private ReadStatus ReadNames(DirectoryHandle devices, ReadOnlySpan<byte> path, List<string> names)
    {
        using var entries = devices.Enumerate(path, stackalloc byte[4096]);
        while (entries.MoveNext())
        {
            names.Add(_names.Get(entries.Current.Name));
        }

        CollectionsMarshal.AsSpan(names).Sort(static (left, right) => string.CompareOrdinal(left, right));
        return entries.Status;
    }

    private static ReadOnlySpan<byte> Join(Span<byte> buffer, scoped in DeviceName device, scoped ReadOnlySpan<byte> attribute)
    {
        var path = new RelativePath(buffer);
        path.Append(device.Utf8);
        path.Append("/"u8);
        path.Append(attribute);
        return path.Utf8;
    }
}
