using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Interop;
using SriovPulse.Testing.Ethtool;

namespace SriovPulse.Linux.Tests.Ethtool;

public sealed class PrivateStatisticsTests : IDisposable
{
    private const uint Strings = 0x1b;
    private const uint Values = 0x1d;
    private const uint SetInformation = 0x37;

    private readonly ScriptedDriver _driver = new("eth0") { Statistics = { ("rx_bytes", 10), ("tx_bytes", 20), ("rx_missed", 30) } };

    public void Dispose() => _driver.Dispose();

    [Fact]
    public void Reading_has_the_values_in_the_order_of_the_names()
    {
        using var ioctl = _driver.Open();
        using var statistics = ioctl.PrivateStatistics("eth0");

        Assert.True(statistics.TryRead(out var values));

        Assert.Equal([10UL, 20UL, 30UL], values.ToArray());
        Assert.Equal(1, statistics.Names.IndexOf("tx_bytes"u8));
    }

    [Fact]
    public void Repeated_reading_is_one_call_and_allocates_nothing()
    {
        using var ioctl = _driver.Open();
        using var statistics = ioctl.PrivateStatistics("eth0");
        Assert.True(statistics.TryRead(out _));
        var names = statistics.Names;
        _driver.Commands.Clear();
        _driver.Commands.Capacity = 100;
        _driver.Statistics[0] = ("rx_bytes", 11);
        statistics.TryRead(out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = statistics.TryRead(out var values);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(read);
        Assert.Equal(11UL, values[0]);
        Assert.Equal([Values, Values], _driver.Commands);
        Assert.Same(names, statistics.Names);

        // The scripted driver itself allocates one delegate with its closure; the reader nothing.
        Assert.InRange(allocated, 0, 200);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Names_are_read_anew_when_statistics_are_added_or_removed(bool ignoresRoom)
    {
        _driver.IgnoresRoom = ignoresRoom;
        using var ioctl = _driver.Open();
        using var statistics = ioctl.PrivateStatistics("eth0");
        Assert.True(statistics.TryRead(out _));
        var before = statistics.Names;

        _driver.Statistics.Insert(0, ("new", 1));
        Assert.True(statistics.TryRead(out var more));
        Assert.Equal([1UL, 10UL, 20UL, 30UL], more.ToArray());
        Assert.NotSame(before, statistics.Names);
        Assert.Equal(0, statistics.Names.IndexOf("new"u8));

        _driver.Statistics.RemoveRange(1, 2);
        Assert.True(statistics.TryRead(out var fewer));
        Assert.Equal([1UL, 30UL], fewer.ToArray());
        Assert.Equal(2, statistics.Names.Count);
    }

    [Theory]
    [InlineData(Strings, false)]
    [InlineData(Strings, true)]
    [InlineData(Values, false)]
    [InlineData(Values, true)]
    public void Statistic_that_appears_between_two_calls_does_no_harm(uint command, bool ignoresRoom)
    {
        _driver.IgnoresRoom = ignoresRoom;
        var added = false;
        _driver.Before = number =>
        {
            if (number == command && !added)
            {
                added = true;
                _driver.Statistics.Add(("late", 40));
            }
        };
        using var ioctl = _driver.Open();
        using var statistics = ioctl.PrivateStatistics("eth0");

        Assert.True(statistics.TryRead(out var values));

        Assert.Equal([10UL, 20UL, 30UL, 40UL], values.ToArray());
        Assert.Equal(3, statistics.Names.IndexOf("late"u8));
    }

    [Fact]
    public void Statistics_whose_number_keeps_changing_are_an_error()
    {
        _driver.Before = number =>
        {
            if (number == Values)
            {
                _driver.Statistics.Add(("more", 0));
            }
        };
        using var ioctl = _driver.Open();
        using var statistics = ioctl.PrivateStatistics("eth0");

        var error = Assert.Throws<EthtoolException>(() => statistics.TryRead(out _));

        Assert.Equal(Errno.EAGAIN, error.ErrorNumber);
        Assert.Contains("eth0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SetInformation, Errno.EOPNOTSUPP)]
    [InlineData(SetInformation, Errno.ENODEV)]
    [InlineData(Strings, Errno.ENODEV)]
    [InlineData(Values, Errno.ENODEV)]
    [InlineData(Values, Errno.EOPNOTSUPP)]
    public void Netdev_that_is_gone_or_has_none_is_an_absence(uint command, int errno)
    {
        _driver.Refusal = number => number == command ? errno : 0;
        using var ioctl = _driver.Open();
        using var statistics = ioctl.PrivateStatistics("eth0");

        Assert.False(statistics.TryRead(out var values));

        Assert.True(values.IsEmpty);
        Assert.Equal(0, statistics.Names.Count);
        _driver.Refusal = static _ => 0;
        Assert.True(statistics.TryRead(out _));
    }

    [Fact]
    public void Driver_without_statistics_is_never_asked_for_values()
    {
        _driver.Statistics.Clear();
        using var ioctl = _driver.Open();
        using var statistics = ioctl.PrivateStatistics("eth0");

        Assert.False(statistics.TryRead(out _));

        Assert.Equal([SetInformation], _driver.Commands);
    }

    [Theory]
    [InlineData(SetInformation)]
    [InlineData(Strings)]
    [InlineData(Values)]
    public void Other_error_names_the_netdev_and_the_errno(uint command)
    {
        _driver.Refusal = number => number == command ? Errno.EIO : 0;
        using var ioctl = _driver.Open();
        using var statistics = ioctl.PrivateStatistics("eth0");

        var error = Assert.Throws<EthtoolException>(() => statistics.TryRead(out _));

        Assert.Equal(Errno.EIO, error.ErrorNumber);
        Assert.Contains("private statistics of eth0", error.Message, StringComparison.Ordinal);
        Assert.Contains("EIO", error.Message, StringComparison.Ordinal);
        _driver.Refusal = static _ => 0;
        Assert.True(statistics.TryRead(out _));
    }

    [Fact]
    public void Forgotten_names_are_read_anew()
    {
        using var ioctl = _driver.Open();
        using var statistics = ioctl.PrivateStatistics("eth0");
        Assert.True(statistics.TryRead(out _));
        _driver.Statistics[2] = ("renamed", 31);

        statistics.Forget();

        Assert.True(statistics.TryRead(out _));
        Assert.Equal(2, statistics.Names.IndexOf("renamed"u8));
    }

    [Fact]
    public void Disposing_the_ioctl_closes_its_socket()
    {
        _driver.Open().Dispose();

        Assert.True(_driver.IsDisposed);
    }
}
