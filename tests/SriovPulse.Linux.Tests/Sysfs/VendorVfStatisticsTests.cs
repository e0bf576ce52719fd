using SriovPulse.Core;
using SriovPulse.Linux.Files;
using SriovPulse.Linux.Sysfs;
using SriovPulse.Linux.Tests.Files;
using SriovPulse.Testing.Trees;

namespace SriovPulse.Linux.Tests.Sysfs;

public sealed class VendorVfStatisticsTests : IDisposable
{
    private readonly HostTree _tree = new();
    private readonly FunctionTree _pf;
    private readonly VendorVfStatistics _statistics;
    private readonly VfCounters[] _counters = new VfCounters[3];
    private readonly ReadStatus[] _statuses = new ReadStatus[3];

    public VendorVfStatisticsTests()
    {
        _pf = _tree.AddPf("0000:3b:00.0");
        _statistics = new VendorVfStatistics(_tree.Open(), _pf.BusPath);
    }

    public void Dispose()
    {
        _statistics.Dispose();
        _tree.Dispose();
    }

    [Theory]
    [InlineData(VendorTreeForm.Directory)]
    [InlineData(VendorTreeForm.File)]
    public void Every_counter_of_every_vf_is_read(VendorTreeForm form)
    {
        WriteAll(form, 100);
        for (var pass = 0; pass < 4; pass++)
        {
            Assert.Equal(ReadStatus.Ok, Read());
            Assert.Equal(form, _statistics.Form);
            Assert.All(_statuses, s => Assert.Equal(ReadStatus.Ok, s));
            for (var vf = 0; vf < 3; vf++)
            {
                Assert.Equal(Expected((ulong)(100 + vf)), Values()[vf]);
            }
        }
    }

    [Theory]
    [InlineData(VendorTreeForm.Directory)]
    [InlineData(VendorTreeForm.File)]
    public void Values_are_those_of_the_moment(VendorTreeForm form)
    {
        for (ulong pass = 0; pass < 4; pass++)
        {
            WriteAll(form, 1000 * pass);
            Read();
            Assert.Equal(Expected((1000 * pass) + 2), Values()[2]);
        }
    }

    [Fact]
    public void Tree_is_found_through_the_netdev_too()
    {
        _pf.AddNetdev("eth0");
        WriteAll(VendorTreeForm.Directory, 5);
        using var statistics = new VendorVfStatistics(_tree.Open(), "sys/class/net/eth0/device");
        Assert.Equal(ReadStatus.Ok, statistics.Read([0, 1, 2], _counters, _statuses));
        Assert.Equal(Expected(5), Values()[0]);
    }

    [Fact]
    public void Pf_without_a_tree_is_missing_and_stale_counters_are_cleared()
    {
        _counters[1] = Counters(1);
        Assert.Equal(ReadStatus.Missing, Read());
        Assert.All(_statuses, s => Assert.Equal(ReadStatus.Missing, s));
        Assert.All(_counters, c => Assert.True(c.IsEmpty));
        Assert.Equal(VendorTreeForm.Unknown, _statistics.Form);
    }

    [Theory]
    [InlineData(VendorTreeForm.Directory)]
    [InlineData(VendorTreeForm.File)]
    public void Vf_that_the_tree_lacks_is_absent_and_the_others_are_there(VendorTreeForm form)
    {
        WriteAll(form, 7);
        _pf.Remove("sriov/1");
        for (var pass = 0; pass < 4; pass++)
        {
            Assert.Equal(ReadStatus.Ok, Read());
            Assert.Equal([ReadStatus.Ok, ReadStatus.Missing, ReadStatus.Ok], _statuses);
            Assert.True(_counters[1].IsEmpty);
            Assert.Equal(Expected(9), Values()[2]);
        }

        // It comes back while the descriptor is kept.
        Write(form, 1, Counters(55));
        Read();
        Assert.Equal(Expected(55), Values()[1]);
    }

    [Theory]
    [InlineData(VendorTreeForm.Directory, VendorTreeForm.Directory)]
    [InlineData(VendorTreeForm.File, VendorTreeForm.File)]
    [InlineData(VendorTreeForm.Directory, VendorTreeForm.File)]
    [InlineData(VendorTreeForm.File, VendorTreeForm.Directory)]
    public void Tree_that_was_removed_and_made_again_is_read_at_once(VendorTreeForm before, VendorTreeForm after)
    {
        WriteAll(before, 1);
        Read();
        Read();
        Read();
        _pf.RemoveVendorTree();
        WriteAll(after, 500);
        Assert.Equal(ReadStatus.Ok, Read());
        Assert.Equal(after, _statistics.Form);
        Assert.All(_statuses, s => Assert.Equal(ReadStatus.Ok, s));
        Assert.Equal([Expected(500), Expected(501), Expected(502)], Values());
    }

    [Theory]
    [InlineData(VendorTreeForm.Directory)]
    [InlineData(VendorTreeForm.File)]
    public void Tree_that_was_removed_is_missing_until_it_is_there_again(VendorTreeForm form)
    {
        WriteAll(form, 1);
        Read();
        _pf.RemoveVendorTree();
        for (var pass = 0; pass < 2; pass++)
        {
            Assert.Equal(ReadStatus.Missing, Read());
            Assert.All(_counters, c => Assert.True(c.IsEmpty));
        }

        WriteAll(form, 2);
        Assert.Equal(ReadStatus.Ok, Read());
        Assert.Equal(Expected(2), Values()[0]);
    }

    [Fact]
    public void Counter_that_the_driver_has_no_file_for_is_absent()
    {
        var few = Counters(30);
        few.Remove(VfCounter.ReceiveBroadcastPackets);
        few.Remove(VfCounter.TransmitDroppedPackets);
        for (var vf = 0; vf < 3; vf++)
        {
            _pf.WriteVendorFiles(vf, few);
        }

        Assert.Equal(ReadStatus.Ok, Read());
        Assert.All(_statuses, s => Assert.Equal(ReadStatus.Ok, s));
        Assert.All(Values(), v => Assert.Equal(CounterValues.Of(few), v));
    }

    [Fact]
    public void Counter_that_one_vf_lacks_is_absent_there_alone()
    {
        WriteAll(VendorTreeForm.Directory, 1);
        _pf.Remove("sriov/1/stats/rx_packets");
        for (var pass = 0; pass < 4; pass++)
        {
            Read();
            Assert.Equal([ReadStatus.Ok, ReadStatus.Missing, ReadStatus.Ok], _statuses);
            var expected = Counters(2);
            expected.Remove(VfCounter.ReceivePackets);
            Assert.Equal([Expected(1), CounterValues.Of(expected), Expected(3)], Values());
        }
    }

    [Fact]
    public void Files_that_the_driver_was_still_making_are_found_by_the_next_pass()
    {
        var first = default(VfCounters);
        first.Set(VfCounter.ReceiveBytes, 1);
        for (var vf = 0; vf < 3; vf++)
        {
            _pf.WriteVendorFiles(vf, first);
        }

        Read();
        Assert.Equal(CounterValues.Of(first), Values()[0]);
        WriteAll(VendorTreeForm.Directory, 8);
        Read();
        Assert.Equal(Expected(8), Values()[0]);
    }

    [Fact]
    public void Counters_that_cannot_be_read_are_told_apart()
    {
        WriteAll(VendorTreeForm.Directory, 1);
        _pf.Write("sriov/0/stats/rx_bytes", "soon\n");
        _pf.Remove("sriov/1/stats/tx_bytes");
        Directory.CreateDirectory(_tree.Full($"{_pf.Path}/sriov/1/stats/tx_bytes"));
        Read();
        Assert.Equal([ReadStatus.Malformed, ReadStatus.Malformed, ReadStatus.Ok], _statuses);
        Assert.False(_counters[0].TryGet(VfCounter.ReceiveBytes, out _));
        Assert.True(_counters[0].TryGet(VfCounter.TransmitBytes, out _));
        Assert.False(_counters[1].TryGet(VfCounter.TransmitBytes, out _));
    }

    [Theory]
    [InlineData(VendorTreeForm.Directory, "sriov/1/stats/rx_bytes")]
    [InlineData(VendorTreeForm.File, "sriov/1/stats")]
    public void Denied_counter_is_told(VendorTreeForm form, string path)
    {
        WriteAll(form, 1);
#pragma warning disable CA1416 // These tests run on Linux alone.
        File.SetUnixFileMode(_tree.Full($"{_pf.Path}/{path}"), UnixFileMode.None);
#pragma warning restore CA1416
        OtherUser.Run(() => Read());
        Assert.Equal([ReadStatus.Ok, ReadStatus.Denied, ReadStatus.Ok], _statuses);
        Assert.False(_counters[1].TryGet(VfCounter.ReceiveBytes, out _));
    }

    [Fact]
    public void Statistics_without_any_known_file_are_unsupported()
    {
        for (var vf = 0; vf < 3; vf++)
        {
            _pf.Write($"sriov/{vf}/stats/tx_errors", "0\n");
        }

        Assert.Equal(ReadStatus.Ok, Read());
        Assert.All(_statuses, s => Assert.Equal(ReadStatus.Unsupported, s));
    }

    [Fact]
    public void File_beyond_a_page_gives_its_whole_lines_and_no_cut_number()
    {
        // The page ends within the digits of rx_bytes.
        var text = "tx_bytes : 5\n";
        text += new string('x', 4096 - text.Length - "\nrx_bytes : 12".Length) + "\nrx_bytes : 123456\n";
        _pf.Write("sriov/0/stats", text);
        Assert.Equal(ReadStatus.Ok, _statistics.Read([0], _counters.AsSpan(0, 1), _statuses.AsSpan(0, 1)));
        Assert.Equal(ReadStatus.TooLong, _statuses[0]);
        Assert.True(_counters[0].TryGet(VfCounter.TransmitBytes, out var value));
        Assert.Equal(5UL, value);
        Assert.False(_counters[0].TryGet(VfCounter.ReceiveBytes, out _));
    }

    [Fact]
    public void One_descriptor_is_kept_however_many_vfs_and_passes()
    {
        WriteAll(VendorTreeForm.Directory, 1);
        Read();
        Assert.Equal(1, OpenDescriptors());
        for (var pass = 0; pass < 20; pass++)
        {
            _pf.RemoveVendorTree();
            Read();
            Assert.Equal(0, OpenDescriptors());
            WriteAll(VendorTreeForm.Directory, 1);
            Read();
            Assert.Equal(1, OpenDescriptors());
        }

        _statistics.Dispose();
        Assert.Equal(0, OpenDescriptors());
    }

    [Theory]
    [InlineData(VendorTreeForm.Directory)]
    [InlineData(VendorTreeForm.File)]
    public void Passes_allocate_nothing(VendorTreeForm form)
    {
        WriteAll(form, 1);
        int[] vfs = [0, 1, 2];
        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _statistics.Read(vfs, _counters, _statuses);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated();
        Allocated();
        Assert.Equal(0, Allocated());
        Assert.All(_statuses, s => Assert.Equal(ReadStatus.Ok, s));
    }

    [Fact]
    public async Task Tree_is_made_and_removed_during_passes()
    {
        WriteAll(VendorTreeForm.Directory, 1);
        using var stop = new CancellationTokenSource();
        var changes = 0;
        var churn = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _pf.RemoveVendorTree();
                WriteAll(changes % 2 == 0 ? VendorTreeForm.File : VendorTreeForm.Directory, 1);
                Interlocked.Increment(ref changes);
            }
        });
        for (var pass = 0; pass < 300 || Volatile.Read(ref changes) < 3; pass++)
        {
            Read();
            for (var vf = 0; vf < 3; vf++)
            {
                // Never a number that no file held: whatever is present is the one value that the counter ever has.
                for (var i = 0; i < VfCounters.Count; i++)
                {
                    if (_counters[vf].TryGet((VfCounter)i, out var value))
                    {
                        Counters((ulong)(1 + vf)).TryGet((VfCounter)i, out var expected);
                        Assert.Equal(expected, value);
                    }
                }
            }
        }

        await stop.CancelAsync();
        await churn;
        Read();
        Assert.Equal([Expected(1), Expected(2), Expected(3)], Values());
    }

    [Fact]
    public void Spans_of_different_lengths_are_the_callers_error() =>
        Assert.Throws<ArgumentException>(() => _statistics.Read([0, 1], _counters, _statuses));

    private static VfCounters Counters(ulong seed)
    {
        var counters = default(VfCounters);
        for (var i = 0; i < VfCounters.Count; i++)
        {
            counters.Set((VfCounter)i, (seed * 10) + (ulong)i);
        }

        return counters;
    }

    private static string Expected(ulong seed) => CounterValues.Of(Counters(seed));

    private string[] Values() => [.. _counters.Select(CounterValues.Of)];

    private ReadStatus Read() => _statistics.Read([0, 1, 2], _counters, _statuses);

    private void WriteAll(VendorTreeForm form, ulong seed)
    {
        for (var vf = 0; vf < 3; vf++)
        {
            Write(form, vf, Counters(seed + (ulong)vf));
        }
    }

    private void Write(VendorTreeForm form, int vf, in VfCounters counters)
    {
        if (form == VendorTreeForm.Directory)
        {
            _pf.WriteVendorFiles(vf, counters);
        }
        else
        {
            _pf.WriteVendorFile(vf, counters);
        }
    }

    private int OpenDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd")
        .Count(fd => new FileInfo(fd).LinkTarget?.Contains($"{_tree.Root}/{_pf.Path}/sriov", StringComparison.Ordinal) == true);
}
