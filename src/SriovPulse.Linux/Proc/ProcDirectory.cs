using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using SriovPulse.Linux.Interop;

namespace SriovPulse.Linux.Proc;

/// <summary>The entries of a procfs folder whose names are numbers: processes, or descriptors.</summary>
public ref struct ProcDirectory
{
    private readonly int _descriptor;
    private byte[]? _buffer;
    private int _filled;
    private int _next;
    private int _nameAt;

    private ProcDirectory(int descriptor)
    {
        _descriptor = descriptor;
        Status = ProcTree.StatusOf(descriptor);
        _buffer = descriptor >= 0 ? ArrayPool<byte>.Shared.Rent(8 * 1024) : null;
    }

    /// <summary>How opening it, or the last step, ended.</summary>
    public ProcStatus Status { get; private set; }

    /// <summary>The current entry's number.</summary>
    public int Number { get; private set; }

    internal static ProcDirectory Open(scoped ReadOnlySpan<byte> path) => new(ProcCalls.Open(path));

    /// <summary>Steps to the next entry whose name is a number; false at the end or on an error, which <see cref="Status"/> tells.</summary>
    public bool MoveNext()
    {
        while (_buffer is not null)
        {
            if (_next >= _filled)
            {
                _filled = ProcCalls.ReadEntries(_descriptor, _buffer);
                _next = 0;
                if (_filled <= 0)
                {
                    Status = ProcTree.StatusOf(_filled);
                    return false;
                }
            }

            var entry = _buffer.AsSpan(_next, _filled - _next);
            var size = MemoryMarshal.Read<ushort>(entry[ProcCalls.DirentLengthOffset..]);
            if (size <= ProcCalls.DirentNameOffset || size > entry.Length)
            {
                Status = ProcStatus.Failed;
                return false;
            }

            _nameAt = _next + ProcCalls.DirentNameOffset;
            var name = entry[ProcCalls.DirentNameOffset..size];
            name = name[..name.IndexOf((byte)0)];
            _next += size;
            if (Utf8Parser.TryParse(name, out int number, out var used) && used == name.Length && number >= 0)
            {
                Number = number;
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the current entry, a symbolic link, points; a target longer than the buffer is cut.</summary>
    public readonly ProcStatus ReadLink(Span<byte> target, out int length)
    {
        var result = ProcCalls.ReadLinkAt(_descriptor, _buffer.AsSpan(_nameAt), target);
        length = Math.Max(0, result);
        return ProcTree.StatusOf(result);
    }

    /// <summary>Closes the folder.</summary>
    public void Dispose()
    {
        if (_buffer is not null)
        {
            ProcCalls.Close(_descriptor);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }
}
