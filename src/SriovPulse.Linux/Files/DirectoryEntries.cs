using SriovPulse.Linux.Interop;

namespace SriovPulse.Linux.Files;

/// <summary>
/// Walks one directory without allocating; <c>.</c> and <c>..</c> are left out. Owns a descriptor: dispose it (<c>using</c>), and look at
/// <see cref="Status"/> after the last entry, because a directory can be missing, or vanish half-way.
/// </summary>
public ref struct DirectoryEntries : IDisposable
{
    /// <summary>Smallest buffer that holds any entry: 19 bytes and a name of 255 bytes with its NUL, rounded up to eight.</summary>
    public const int MinBufferLength = 280;

    // struct linux_dirent64: d_ino u64, d_off i64, d_reclen u16, d_type u8, d_name.
    private const int LengthOffset = 16;
    private const int TypeOffset = 18;
    private const int NameOffset = 19;

    private readonly Span<byte> _buffer;
    private int _fd;
    private ReadOnlySpan<byte> _rest;

    internal DirectoryEntries(int fd, ReadStatus status, Span<byte> buffer)
    {
        _fd = fd;
        _buffer = buffer;
        Status = status;
    }

    /// <summary>The entry that <see cref="MoveNext"/> found.</summary>
    public DirectoryEntry Current { get; private set; }

    /// <summary><see cref="ReadStatus.Ok"/>, or why there are no (more) entries.</summary>
    public ReadStatus Status { get; private set; }

    /// <summary>Goes to the next entry; false at the end or after an error.</summary>
    public bool MoveNext()
    {
        while (_rest.Length > 0 || Refill())
        {
            // The kernel writes whole records; anything else would be read beyond the buffer.
            var length = _rest.Length > NameOffset ? BitConverter.ToUInt16(_rest[LengthOffset..]) : 0;
            if (length <= NameOffset || length > _rest.Length)
            {
                Status = ReadStatus.Malformed;
                _rest = default;
                return false;
            }

            var name = _rest[NameOffset..length];
            var end = name.IndexOf((byte)0);
            if (end < 0)
            {
                Status = ReadStatus.Malformed;
                return false;
            }

            name = name[..end];
            Current = new DirectoryEntry(name, BitConverter.ToUInt64(_rest), (EntryType)_rest[TypeOffset]);
            _rest = _rest[length..];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the current entry, a symbolic link, and gives the last component of its target.</summary>
    /// <param name="buffer">Room for the whole target.</param>
    /// <param name="name">Last component; a part of <paramref name="buffer"/>.</param>
    public readonly unsafe ReadStatus ReadLinkName(Span<byte> buffer, out ReadOnlySpan<byte> name)
    {
        nint length;

        // MoveNext saw that a NUL follows the name.
        fixed (byte* link = Current.Name, target = buffer)
        {
            length = FileCalls.ReadLinkAt(_fd, link, target, (nuint)buffer.Length);
        }

        return DirectoryHandle.LinkName(length, buffer, out name);
    }

    /// <summary>Closes the directory.</summary>
    public void Dispose()
    {
        if (_fd >= 0)
        {
            _ = FileCalls.Close(_fd);
            _fd = -1;
        }
    }

    private unsafe bool Refill()
    {
        if (_fd < 0 || Status != ReadStatus.Ok)
        {
            return false;
        }

        nint read;
        fixed (byte* buffer = _buffer)
        {
            read = FileCalls.ReadDirectory(_fd, buffer, (nuint)_buffer.Length);
        }

        if (read < 0)
        {
            Status = FileErrors.ToStatus(FileErrors.Last);
            return false;
        }

        _rest = _buffer[..(int)read];
        return read > 0;
    }
}
