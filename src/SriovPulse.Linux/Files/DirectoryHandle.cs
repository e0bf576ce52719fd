using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using SriovPulse.Linux.Interop;

namespace SriovPulse.Linux.Files;

/// <summary>
/// A kept descriptor of a directory, and the reads relative to it. Reads do not allocate and may run on several threads. Paths are UTF-8 without a
/// terminating NUL, relative: an absolute one would leave the root that the user chose. Symbolic links are followed as the kernel does; those of
/// sysfs are relative and so stay below the root, an absolute link in a tree of another root would lead out of it.
/// </summary>
public sealed unsafe class DirectoryHandle : SafeHandleMinusOneIsInvalid
{
    /// <summary>Longest relative path, in bytes. Far beyond what sysfs needs, small enough for the stack.</summary>
    public const int MaxPathLength = 511;

    private const int NumberLength = 64;

    private DirectoryHandle(int fd)
        : base(ownsHandle: true) => SetHandle(fd);

    /// <summary>Opens a directory by path, usually the root below which everything is read.</summary>
    /// <exception cref="IOException">There is no such directory, or it cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not open it.</exception>
    public static DirectoryHandle Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        int fd;
        fixed (byte* utf8 = Encoding.UTF8.GetBytes(path + '\0'))
        {
            fd = FileCalls.OpenAt(FileCalls.AT_FDCWD, utf8, FileCalls.O_RDONLY | FileCalls.O_CLOEXEC | FileCalls.O_DIRECTORY);
        }

        if (fd >= 0)
        {
            return new DirectoryHandle(fd);
        }

        var errno = FileErrors.Last;
        var message = string.Create(CultureInfo.InvariantCulture, $"cannot open directory {path}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})");
        throw FileErrors.ToStatus(errno) switch
        {
            ReadStatus.Missing => new DirectoryNotFoundException(message),
            ReadStatus.Denied => new UnauthorizedAccessException(message),
            _ => new IOException(message),
        };
    }

    /// <summary>Opens a directory below this one, to be kept.</summary>
    public ReadStatus TryOpenDirectory(ReadOnlySpan<byte> path, [NotNullWhen(true)] out DirectoryHandle? directory)
    {
        var fd = OpenAt(path, FileCalls.O_RDONLY | FileCalls.O_DIRECTORY, out var status);
        directory = fd < 0 ? null : new DirectoryHandle(fd);
        return status;
    }

    /// <summary>Whether something stands at the path: one call more than nothing, no read. <see cref="ReadStatus.Ok"/> when it does.</summary>
    public ReadStatus Probe(ReadOnlySpan<byte> path)
    {
        var fd = OpenAt(path, FileCalls.O_PATH, out var status);
        if (fd >= 0)
        {
            _ = FileCalls.Close(fd);
        }

        return status;
    }

    /// <summary>
    /// Reads an attribute: open, one read, close. Attributes come whole in one read (Documentation/filesystems/sysfs.rst), so only a full buffer is
    /// followed by another read, which tells whether there is more.
    /// </summary>
    /// <returns><see cref="ReadStatus.TooLong"/> when the file is longer than the buffer, which then holds its beginning.</returns>
    public ReadStatus Read(scoped ReadOnlySpan<byte> path, Span<byte> buffer, out int length)
    {
        length = 0;
        var fd = OpenAt(path, FileCalls.O_RDONLY, out var status);
        if (fd < 0)
        {
            return status;
        }

        status = Read(fd, buffer, ref length);
        if (status == ReadStatus.Ok && length == buffer.Length)
        {
            var more = 0;
            status = Read(fd, stackalloc byte[1], ref more);
            status = status == ReadStatus.Ok && more > 0 ? ReadStatus.TooLong : status;
        }

        _ = FileCalls.Close(fd);
        return status;
    }

    /// <summary>Reads an attribute that is one decimal number.</summary>
    [SkipLocalsInit]
    public FileValue<ulong> ReadUInt64(ReadOnlySpan<byte> path)
    {
        Span<byte> buffer = stackalloc byte[NumberLength];
        var status = Read(path, buffer, out var length);
        if (status != ReadStatus.Ok)
        {
            return new FileValue<ulong>(NumberStatus(status));
        }

        return NumberText.TryParse(buffer[..length], out ulong value) ? new FileValue<ulong>(value) : new FileValue<ulong>(ReadStatus.Malformed);
    }

    /// <summary>Reads an attribute that is one decimal number and may be negative.</summary>
    [SkipLocalsInit]
    public FileValue<int> ReadInt32(ReadOnlySpan<byte> path)
    {
        Span<byte> buffer = stackalloc byte[NumberLength];
        var status = Read(path, buffer, out var length);
        if (status != ReadStatus.Ok)
        {
            return new FileValue<int>(NumberStatus(status));
        }

        return NumberText.TryParse(buffer[..length], out int value) ? new FileValue<int>(value) : new FileValue<int>(ReadStatus.Malformed);
    }

    /// <summary>Reads an attribute that is one hexadecimal number, with or without <c>0x</c>.</summary>
    [SkipLocalsInit]
    public FileValue<uint> ReadHex(ReadOnlySpan<byte> path)
    {
        Span<byte> buffer = stackalloc byte[NumberLength];
        var status = Read(path, buffer, out var length);
        if (status != ReadStatus.Ok)
        {
            return new FileValue<uint>(NumberStatus(status));
        }

        return NumberText.TryParseHex(buffer[..length], out var value) ? new FileValue<uint>(value) : new FileValue<uint>(ReadStatus.Malformed);
    }

    /// <summary>Reads a symbolic link and gives the last component of its target, for example <c>ixgbe</c> of a <c>driver</c> link.</summary>
    /// <param name="path">The link.</param>
    /// <param name="buffer">Room for the whole target.</param>
    /// <param name="name">Last component; a part of <paramref name="buffer"/>.</param>
    [SkipLocalsInit]
    public ReadStatus ReadLinkName(scoped ReadOnlySpan<byte> path, Span<byte> buffer, out ReadOnlySpan<byte> name)
    {
        Span<byte> terminated = stackalloc byte[MaxPathLength + 1];
        Terminate(path, terminated);
        nint length;
        fixed (byte* utf8 = terminated, target = buffer)
        {
            length = FileCalls.ReadLinkAt(this, utf8, target, (nuint)buffer.Length);
        }

        return LinkName(length, buffer, out name);
    }

    /// <summary>Enumerates a directory below this one.</summary>
    /// <param name="path">The directory; <c>.</c> for this one.</param>
    /// <param name="buffer">At least <see cref="DirectoryEntries.MinBufferLength"/> bytes; an entry takes about 32, and a larger buffer saves calls.</param>
    public DirectoryEntries Enumerate(scoped ReadOnlySpan<byte> path, Span<byte> buffer)
    {
        if (buffer.Length < DirectoryEntries.MinBufferLength)
        {
            throw new ArgumentException($"the buffer must have at least {DirectoryEntries.MinBufferLength} bytes", nameof(buffer));
        }

        // A descriptor of its own each time: it starts at the beginning, and concurrent enumerations do not share a position.
        var fd = OpenAt(path, FileCalls.O_RDONLY | FileCalls.O_DIRECTORY, out var status);
        return new DirectoryEntries(fd, status, buffer);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => FileCalls.Close(handle.ToInt32()) == 0;

    /// <summary>What a readlink call left in the buffer.</summary>
    internal static ReadStatus LinkName(nint length, Span<byte> buffer, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (length < 0)
        {
            // Here EINVAL says that the path names no link.
            var errno = FileErrors.Last;
            return errno == FileErrors.EINVAL ? ReadStatus.Malformed : FileErrors.ToStatus(errno);
        }

        // readlink cuts without telling.
        if (length == buffer.Length)
        {
            return ReadStatus.TooLong;
        }

        var target = buffer[..(int)length];
        name = target[(target.LastIndexOf((byte)'/') + 1)..];
        return name.IsEmpty ? ReadStatus.Malformed : ReadStatus.Ok;
    }

    internal static void ThrowIfNotRelative(ReadOnlySpan<byte> path)
    {
        if (path.Length > MaxPathLength)
        {
            throw new ArgumentException($"the path has {path.Length} bytes; at most {MaxPathLength} are supported", nameof(path));
        }

        if (path.IsEmpty || path[0] == (byte)'/' || path.Contains((byte)0))
        {
            throw new ArgumentException($"the path \"{Encoding.UTF8.GetString(path)}\" is not relative", nameof(path));
        }
    }

    // A number that does not fit in 64 bytes is none.
    private static ReadStatus NumberStatus(ReadStatus status) => status == ReadStatus.TooLong ? ReadStatus.Malformed : status;

    private static ReadStatus Read(int fd, Span<byte> buffer, ref int length)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var read = FileCalls.Read(fd, start, (nuint)buffer.Length);
                if (read >= 0)
                {
                    length = (int)read;
                    return ReadStatus.Ok;
                }

                if (FileErrors.Last != FileErrors.EINTR)
                {
                    return FileErrors.ToStatus(FileErrors.Last);
                }
            }
        }
    }

    private static void Terminate(ReadOnlySpan<byte> path, Span<byte> terminated)
    {
        ThrowIfNotRelative(path);
        path.CopyTo(terminated);
        terminated[path.Length] = 0;
    }

    [SkipLocalsInit]
    private int OpenAt(ReadOnlySpan<byte> path, int flags, out ReadStatus status)
    {
        Span<byte> terminated = stackalloc byte[MaxPathLength + 1];
        Terminate(path, terminated);
        int fd;
        fixed (byte* utf8 = terminated)
        {
            do
            {
                fd = FileCalls.OpenAt(this, utf8, flags | FileCalls.O_CLOEXEC);
            }
            while (fd < 0 && FileErrors.Last == FileErrors.EINTR);
        }

        status = fd < 0 ? FileErrors.ToStatus(FileErrors.Last) : ReadStatus.Ok;
        return fd;
    }
}
