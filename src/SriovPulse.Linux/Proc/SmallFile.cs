using System.Text;
using SriovPulse.Linux.Interop;

namespace SriovPulse.Linux.Proc;

/// <summary>A file of the kernel's that is read again and again, such as <c>/proc/meminfo</c>; reading it allocates nothing.</summary>
/// <param name="path">Its path.</param>
public sealed class SmallFile(string path)
{
    private readonly byte[] _path = Encoding.UTF8.GetBytes(path + "\0");

    /// <summary>Path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>Reads the start of the file, as far as it fits.</summary>
    public ProcStatus Read(Span<byte> buffer, out int length) => Read(_path, buffer, out length);

    internal static ProcStatus Read(ReadOnlySpan<byte> path, Span<byte> buffer, out int length)
    {
        length = 0;
        var descriptor = ProcCalls.Open(path);
        if (descriptor < 0)
        {
            return ProcTree.StatusOf(descriptor);
        }

        try
        {
            while (length < buffer.Length)
            {
                var read = ProcCalls.Read(descriptor, buffer[length..]);
                if (read < 0)
                {
                    length = 0;
                    return ProcTree.StatusOf(read);
                }

                if (read == 0)
                {
                    break;
                }

                length += read;
            }

            return ProcStatus.Ok;
        }
        finally
        {
            ProcCalls.Close(descriptor);
        }
    }
}
