using System.Globalization;
using System.Text;
using SriovPulse.Linux.Interop;

namespace SriovPulse.Linux.Proc;

/// <summary>A procfs mount, or a folder that looks like one. Reads allocate nothing unless said.</summary>
public sealed class ProcTree
{
    // Room for a process id, a file name and the final NUL behind the root.
    private const int Tail = 96;

    private readonly byte[] _root;

    /// <summary>Names the folder; nothing is read yet.</summary>
    /// <param name="root">Its path, for example <c>/proc</c> or <c>/host/proc</c>.</param>
    public ProcTree(string root)
    {
        Root = root;
        _root = Encoding.UTF8.GetBytes(root.TrimEnd('/') + "/");
    }

    /// <summary>Path of the folder.</summary>
    public string Root { get; }

    /// <summary>The processes, by id. Dispose it.</summary>
    public ProcDirectory Processes()
    {
        Span<byte> path = stackalloc byte[_root.Length + 1];
        _root.CopyTo(path);
        path[^1] = 0;
        return ProcDirectory.Open(path);
    }

    /// <summary>The open descriptors of a process, by number. Dispose it.</summary>
    public ProcDirectory Descriptors(int pid)
    {
        Span<byte> path = stackalloc byte[_root.Length + Tail];
        return ProcDirectory.Open(Build(path, pid, "fd"u8));
    }

    /// <summary>Reads the start of a process's file (<c>stat</c>, <c>fdinfo/7</c>), as far as it fits.</summary>
    public ProcStatus Read(int pid, ReadOnlySpan<byte> file, Span<byte> buffer, out int length)
    {
        Span<byte> path = stackalloc byte[_root.Length + Tail];
        return SmallFile.Read(Build(path, pid, file), buffer, out length);
    }

    /// <summary>Reads a process's file whole, or its first <paramref name="limit"/> bytes. Allocates the answer.</summary>
    public ProcStatus ReadWhole(int pid, ReadOnlySpan<byte> file, int limit, out byte[] content)
    {
        content = [];
        Span<byte> path = stackalloc byte[_root.Length + Tail];
        var descriptor = ProcCalls.Open(Build(path, pid, file));
        if (descriptor < 0)
        {
            return StatusOf(descriptor);
        }

        try
        {
            var buffer = new byte[Math.Min(limit, 16 * 1024)];
            var length = 0;
            while (true)
            {
                var read = ProcCalls.Read(descriptor, buffer.AsSpan(length));
                if (read < 0)
                {
                    return StatusOf(read);
                }

                length += read;
                if (read == 0 || length == limit)
                {
                    content = buffer[..length];
                    return ProcStatus.Ok;
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, Math.Min(limit, length * 2));
                }
            }
        }
        finally
        {
            ProcCalls.Close(descriptor);
        }
    }

    internal static ProcStatus StatusOf(int result) => result switch
    {
        >= 0 => ProcStatus.Ok,
        -ProcCalls.ENOENT or -ProcCalls.ESRCH or -ProcCalls.ENOTDIR => ProcStatus.Gone,
        -ProcCalls.EACCES or -ProcCalls.EPERM => ProcStatus.Denied,
        _ => ProcStatus.Failed,
    };

    private ReadOnlySpan<byte> Build(Span<byte> path, int pid, scoped ReadOnlySpan<byte> file)
    {
        _root.CopyTo(path);
        var length = _root.Length;
        pid.TryFormat(path[length..], out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        path[length++] = (byte)'/';

        // Too long a name throws here; names are the program's own.
        file.CopyTo(path[length..^1]);
        path[length + file.Length] = 0;
        return path[..(length + file.Length + 1)];
    }
}
