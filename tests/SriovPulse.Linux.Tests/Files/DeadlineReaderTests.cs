using System.Text;
using SriovPulse.Linux.Files;
using SriovPulse.Testing.Trees;

namespace SriovPulse.Linux.Tests.Files;

public sealed class DeadlineReaderTests : IDisposable
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(20);

    private readonly HostTree _tree = new();
    private readonly DeadlineReader _reader;

    public DeadlineReaderTests() => _reader = new DeadlineReader(_tree.Open());

    public void Dispose()
    {
        _reader.Dispose();
        _tree.Dispose();
    }

    [Fact]
    public void Attribute_is_read_in_time()
    {
        _tree.Write("a", "42\n");
        Assert.Equal(new FileValue<ulong>(42), _reader.ReadUInt64("a", Timeout.InfiniteTimeSpan));
        Assert.Equal(ReadStatus.Missing, _reader.ReadUInt64("none", Timeout.InfiniteTimeSpan).Status);
        Assert.Equal(0, _reader.UnderWay);
    }

    [Fact]
    public void Content_longer_than_the_buffer_is_told()
    {
        _tree.Write("a", "0123456789");
        var buffer = new byte[4];
        Assert.Equal(ReadStatus.TooLong, _reader.Read("a", buffer, Timeout.InfiniteTimeSpan, out var length));
        Assert.Equal("0123", Encoding.UTF8.GetString(buffer.AsSpan(0, length)));
        _tree.Write("a", new string('1', 5000));
        Assert.Equal(ReadStatus.TooLong, _reader.Read("a", new byte[8000], Timeout.InfiniteTimeSpan, out _));
    }

    [Fact]
    public void Blocked_read_times_out_and_is_not_begun_again_until_it_ends()
    {
        var pipe = new Pipe(_tree, "blocked");
        _tree.Write("a", "1\n");
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(ReadStatus.TimedOut, _reader.ReadUInt64("blocked", s_short).Status);
            Assert.Equal(1, _reader.UnderWay);
        }

        // One path that blocks does not hold up the others.
        Assert.Equal(new FileValue<ulong>(1), _reader.ReadUInt64("a", Timeout.InfiniteTimeSpan));

        // What the late read brings is old and nobody gets it.
        pipe.Write("99\n");
        AwaitEnd();
        _tree.Remove("blocked");
        _tree.Write("blocked", "5\n");
        Assert.Equal(new FileValue<ulong>(5), _reader.ReadUInt64("blocked", Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void Second_blocked_path_has_its_own_thread()
    {
        var first = new Pipe(_tree, "first");
        var second = new Pipe(_tree, "second");
        Assert.Equal(ReadStatus.TimedOut, _reader.ReadUInt64("first", s_short).Status);
        Assert.Equal(ReadStatus.TimedOut, _reader.ReadUInt64("second", s_short).Status);
        Assert.Equal(2, _reader.UnderWay);
        second.Write("2\n");
        first.Write("1\n");
        AwaitEnd();
    }

    [Fact]
    public void Disposed_reader_lets_a_blocked_read_end_by_itself()
    {
        var pipe = new Pipe(_tree, "blocked");
        Assert.Equal(ReadStatus.TimedOut, _reader.ReadUInt64("blocked", s_short).Status);
        _reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _reader.ReadUInt64("blocked", s_short));
        pipe.Write("1\n");
        AwaitEnd();
    }

    [Fact]
    public void Many_threads_get_the_answers_of_their_own_paths()
    {
        for (var i = 0; i < 8; i++)
        {
            _tree.Write($"a{i}", $"{i}\n");
        }

        var answers = 0;
        Parallel.For(0, 400, i =>
        {
            var value = _reader.ReadUInt64($"a{i % 8}", Timeout.InfiniteTimeSpan);

            // Another thread may be reading the same path at this moment.
            if (value.Status != ReadStatus.TimedOut)
            {
                Assert.Equal(new FileValue<ulong>((ulong)(i % 8)), value);
                Interlocked.Increment(ref answers);
            }
        });
        Assert.InRange(answers, 8, 400);
        Assert.Equal(0, _reader.UnderWay);
    }

    [Fact]
    public void Path_that_is_not_relative_is_the_callers_error() =>
        Assert.Throws<ArgumentException>(() => _reader.ReadUInt64("/etc/hostname", s_short));

    // The limit only keeps a broken reader from hanging the run.
    private void AwaitEnd() => Assert.True(SpinWait.SpinUntil(() => _reader.UnderWay == 0, TimeSpan.FromMinutes(1)), "the blocked read never ended");
}
