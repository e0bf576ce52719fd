using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SriovPulse.Linux.Proc;

namespace SriovPulse.Linux.Tests.Proc;

public sealed class ProcessStatTests
{
    // Forty-odd fields as the kernel writes them; only flags (9th) and start time (22nd) matter here.
    private const string Tail = "S 1 4242 4242 0 -1 4194560 9 0 0 0 1 2 0 0 20 0 4 0 987654 1000 200 18446744073709551615 1 1 0 0\n";

    [Theory]
    [InlineData("qemu-system-x86")]
    [InlineData("a) S (b")]
    [InlineData("with space")]
    [InlineData("")]
    public void ProcessStat_keeps_the_whole_name_when_it_holds_parentheses_and_spaces(string name)
    {
        Assert.True(ProcessStat.TryParse(Encoding.UTF8.GetBytes($"4242 ({name}) {Tail}"), out var stat));
        Assert.Equal(name, stat.ToString());
        Assert.Equal(987654UL, stat.StartTime);
        Assert.False(stat.IsKernelThread);
    }

    [Fact]
    public void ProcessStat_knows_a_kernel_thread_by_its_flag()
    {
        // 2129984 is what kthreadd shows: PF_KTHREAD | PF_NOFREEZE | PF_FORKNOEXEC.
        var line = "2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 12 0 0\n"u8;
        Assert.True(ProcessStat.TryParse(line, out var stat));
        Assert.True(stat.IsKernelThread);
        Assert.Equal(12UL, stat.StartTime);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4242")]
    [InlineData("4242 (qemu) S 1 2 3")]
    [InlineData("4242 (qemu) S 1 4242 4242 0 -1 x 9 0 0 0 1 2 0 0 20 0 4 0 987654")]
    [InlineData("4242 (qemu) S 1 4242 4242 0 -1 4194560 9 0 0 0 1 2 0 0 20 0 4 0 soon 1")]
    public void ProcessStat_refuses_what_is_no_stat_line(string line) =>
        Assert.False(ProcessStat.TryParse(Encoding.UTF8.GetBytes(line), out _));

    [Fact]
    public void ProcessStat_survives_any_bytes() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            _ = ProcessStat.TryParse(bytes ?? [], out _);
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ProcessStat_reads_this_very_process()
    {
        var tree = new ProcTree("/proc");
        var buffer = new byte[1024];
        Assert.Equal(ProcStatus.Ok, tree.Read(Environment.ProcessId, "stat"u8, buffer, out var length));
        Assert.True(ProcessStat.TryParse(buffer.AsSpan(0, length), out var stat));
        Assert.Equal(File.ReadAllText("/proc/self/comm").TrimEnd('\n'), stat.ToString());
    }
}
