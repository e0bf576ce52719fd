using System.Buffers.Text;
using System.Text;

namespace SriovPulse.Linux.Proc;

/// <summary>What is read from <c>/proc/PID/stat</c> (proc(5); fs/proc/array.c, do_task_stat).</summary>
public readonly ref struct ProcessStat
{
    // include/linux/sched.h
    private const uint PF_KTHREAD = 0x00200000;

    // Fields as proc(5) numbers them; the third is the first behind the name.
    private const int FlagsField = 9;
    private const int StartTimeField = 22;

    private ProcessStat(ReadOnlySpan<byte> name, uint flags, ulong startTime)
    {
        Name = name;
        IsKernelThread = (flags & PF_KTHREAD) != 0;
        StartTime = startTime;
    }

    /// <summary>Name of the process (<c>comm</c>, at most 15 bytes); it changes when another program is executed.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Whether it is a thread of the kernel, which has neither descriptors nor a command line.</summary>
    public bool IsKernelThread { get; }

    /// <summary>When it started, in clock ticks after boot: together with its id the process's identity.</summary>
    public ulong StartTime { get; }

    /// <summary>Reads the one line of the file; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ProcessStat stat)
    {
        stat = default;

        // The name may itself contain parentheses and spaces, so it ends at the last one.
        var open = line.IndexOf((byte)'(');
        var close = line.LastIndexOf((byte)')');
        if (open < 0 || close < open)
        {
            return false;
        }

        var rest = line[(close + 1)..].TrimStart((byte)' ');
        uint flags = 0;
        for (var field = 3; !rest.IsEmpty; field++)
        {
            var end = rest.IndexOfAny((byte)' ', (byte)'\n');
            var value = end < 0 ? rest : rest[..end];
            if (field == FlagsField && !Utf8Parser.TryParse(value, out flags, out _))
            {
                return false;
            }

            if (field == StartTimeField)
            {
                if (!Utf8Parser.TryParse(value, out ulong startTime, out _))
                {
                    return false;
                }

                stat = new ProcessStat(line[(open + 1)..close], flags, startTime);
                return true;
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return false;
    }

    /// <summary>The name as text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Name);
}
