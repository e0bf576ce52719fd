using System.Text;
using SriovPulse.Linux.Proc;

namespace SriovPulse.Linux.Tests.Proc;

public sealed class ProcTreeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sp-proc-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Processes_are_the_entries_whose_names_are_numbers()
    {
        foreach (var name in (string[])["1", "42", "4194304", "self", "12a", "meminfo", "99999999999999999999"])
        {
            Directory.CreateDirectory(Path.Combine(_root, name));
        }

        var found = new List<int>();
        using var processes = new ProcTree(_root).Processes();
        while (processes.MoveNext())
        {
            found.Add(processes.Number);
        }

        Assert.Equal(ProcStatus.Ok, processes.Status);
        Assert.Equal([1, 42, 4194304], found.Order());
    }

    [Fact]
    public void Processes_are_all_listed_when_they_exceed_one_buffer()
    {
        for (var pid = 1; pid <= 3000; pid++)
        {
            Directory.CreateDirectory(Path.Combine(_root, $"{pid}"));
        }

        var sum = 0;
        using var processes = new ProcTree(_root + "/").Processes();
        while (processes.MoveNext())
        {
            sum += processes.Number;
        }

        Assert.Equal(3000 * 3001 / 2, sum);
    }

    [Fact]
    public void Descriptors_tell_where_they_point()
    {
        Directory.CreateDirectory(Path.Combine(_root, "7", "fd"));
        File.CreateSymbolicLink(Path.Combine(_root, "7", "fd", "3"), "/dev/vfio/12");
        using var descriptors = new ProcTree(_root).Descriptors(7);
        Assert.True(descriptors.MoveNext());
        Span<byte> target = stackalloc byte[64];
        Assert.Equal(ProcStatus.Ok, descriptors.ReadLink(target, out var length));
        Assert.Equal("/dev/vfio/12", Encoding.UTF8.GetString(target[..length]));
        Assert.Equal(3, descriptors.Number);
        Assert.False(descriptors.MoveNext());
    }

    [Fact]
    public void Descriptors_of_this_process_show_a_file_that_it_holds()
    {
        var path = Path.Combine(_root, "held");
        using var held = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var targets = new List<string>();
        Span<byte> target = stackalloc byte[512];
        using var descriptors = new ProcTree("/proc").Descriptors(Environment.ProcessId);
        while (descriptors.MoveNext())
        {
            if (descriptors.ReadLink(target, out var length) == ProcStatus.Ok)
            {
                targets.Add(Encoding.UTF8.GetString(target[..length]));
            }
        }

        Assert.Contains(path, targets);
    }

    [Fact]
    public void Descriptors_are_gone_when_the_process_is()
    {
        using var descriptors = new ProcTree(_root).Descriptors(7);
        Assert.Equal(ProcStatus.Gone, descriptors.Status);
        Assert.False(descriptors.MoveNext());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(16 * 1024)]
    [InlineData(100_000)]
    public void ReadWhole_gives_the_file_up_to_its_limit(int size)
    {
        var text = new byte[size];
        Random.Shared.NextBytes(text);
        Directory.CreateDirectory(Path.Combine(_root, "7"));
        File.WriteAllBytes(Path.Combine(_root, "7", "cmdline"), text);
        var tree = new ProcTree(_root);
        Assert.Equal(ProcStatus.Ok, tree.ReadWhole(7, "cmdline"u8, 1 << 20, out var whole));
        Assert.Equal(text, whole);
        Assert.Equal(ProcStatus.Ok, tree.ReadWhole(7, "cmdline"u8, 64, out var start));
        Assert.Equal(text.Take(64), start);
    }

    [Fact]
    public void Read_says_gone_when_there_is_no_such_file()
    {
        var tree = new ProcTree(_root);
        Assert.Equal(ProcStatus.Gone, new SmallFile(Path.Combine(_root, "meminfo")).Read(new byte[16], out _));
        Assert.Equal(ProcStatus.Gone, tree.Read(1, "stat"u8, new byte[16], out _));
        Assert.Equal(ProcStatus.Gone, tree.ReadWhole(1, "cmdline"u8, 16, out _));
    }

    [Fact]
    public void Read_allocates_nothing()
    {
        var tree = new ProcTree("/proc");
        var meminfo = new SmallFile("/proc/meminfo");
        var buffer = new byte[4096];
        Assert.Equal(ProcStatus.Ok, meminfo.Read(buffer, out _));
        Assert.Equal(ProcStatus.Ok, tree.Read(Environment.ProcessId, "stat"u8, buffer, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = meminfo.Read(buffer, out _);
            _ = tree.Read(Environment.ProcessId, "stat"u8, buffer, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
