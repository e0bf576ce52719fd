using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace SriovPulse.Linux;

/// <summary>The pages of the program and its libraries that the kernel has mapped into this process.</summary>
public static partial class ProgramImage
{
    // asm-generic/mman-common.h
    private const int MADV_DONTNEED = 4;

    /// <summary>
    /// Unmaps the code and constants of the program: what is still used comes back by itself, page by page, from the page cache; what only the start needed (the
    /// greater part) stays away. Mappings with a page of their own, changed by the dynamic linker or written to, are left alone.
    /// </summary>
    /// <returns>Bytes that were mapped into memory until now; 0 when nothing could be told.</returns>
    public static long ReleaseCleanPages()
    {
        byte[] maps;
        try
        {
            maps = File.ReadAllBytes("/proc/self/smaps");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }

        long released = 0;
        var mapping = default(Mapping);
        foreach (var range in ((ReadOnlySpan<byte>)maps).Split((byte)'\n'))
        {
            var line = maps.AsSpan(range);
            if (Mapping.TryParse(line, out var next))
            {
                mapping = next;
            }
            else if (line.StartsWith("Rss:"u8))
            {
                mapping.Resident = Kilobytes(line["Rss:"u8.Length..]);
            }
            else if (line.StartsWith("Anonymous:"u8))
            {
                // The last field that is needed: a mapping of a file, without write permission and without pages of its own.
                if (mapping.IsFixedFile && Kilobytes(line["Anonymous:"u8.Length..]) == 0
                    && Advise(mapping, MADV_DONTNEED))
                {
                    released += mapping.Resident;
                }
            }
        }

        return released;
    }

    private static long Kilobytes(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text.TrimStart((byte)' '), out long value, out _) ? value * 1024 : -1;

    private static bool Advise(in Mapping mapping, int advice) => Advise((nint)mapping.Start, (nuint)(mapping.End - mapping.Start), advice) == 0;

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);

    /// <summary>A header line of smaps: <c>START-END PERMISSIONS OFFSET DEVICE INODE PATH</c> (proc(5)).</summary>
    private struct Mapping
    {
        public ulong Start;
        public ulong End;
        public long Resident;
        public bool IsFixedFile;

        public static bool TryParse(ReadOnlySpan<byte> line, out Mapping mapping)
        {
            mapping = default;
            if (!Utf8Parser.TryParse(line, out ulong start, out var used, 'x') || used >= line.Length || line[used] != (byte)'-')
            {
                return false;
            }

            line = line[(used + 1)..];
            if (!Utf8Parser.TryParse(line, out ulong end, out used, 'x') || line.Length < used + 5)
            {
                return false;
            }

            var permissions = line.Slice(used + 1, 4);
            mapping = new()
            {
                Start = start,
                End = end,
                IsFixedFile = permissions[0] == (byte)'r' && permissions[1] == (byte)'-' && permissions[3] == (byte)'p' && line.IndexOf((byte)'/') > 0,
            };
            return true;
        }
    }
}
