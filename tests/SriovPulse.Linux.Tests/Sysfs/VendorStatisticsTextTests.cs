using System.Text;
using SriovPulse.Core;
using SriovPulse.Linux.Files;
using SriovPulse.Linux.Sysfs;

namespace SriovPulse.Linux.Tests.Sysfs;

public sealed class VendorStatisticsTextTests
{
    private const string Whole =
        "tx_packets    : 5011\ntx_bytes      : 4450870\ntx_dropped    : 0\nrx_packets    : 5003\nrx_bytes      : 3903984\nrx_broadcast  : 1\n"
        + "rx_multicast  : 3\ntx_broadcast  : 0\ntx_multicast  : 8\nrx_dropped    : 2\n";

    private static readonly Dictionary<string, VfCounter> s_names = new()
    {
        ["rx_bytes"] = VfCounter.ReceiveBytes,
        ["tx_bytes"] = VfCounter.TransmitBytes,
        ["rx_packets"] = VfCounter.ReceivePackets,
        ["tx_packets"] = VfCounter.TransmitPackets,
        ["rx_broadcast"] = VfCounter.ReceiveBroadcastPackets,
        ["rx_multicast"] = VfCounter.ReceiveMulticastPackets,
        ["rx_dropped"] = VfCounter.ReceiveDroppedPackets,
        ["tx_dropped"] = VfCounter.TransmitDroppedPackets,
    };

    [Fact]
    public void Whole_text_gives_every_counter()
    {
        Assert.Equal(ReadStatus.Ok, VendorStatisticsText.Parse(Encoding.UTF8.GetBytes(Whole), out var counters));
        Assert.Equal("3903984 4450870 5003 5011 1 3 2 0", CounterValues.Of(counters));
    }

    [Fact]
    public void Counter_that_the_text_lacks_is_absent()
    {
        Assert.Equal(ReadStatus.Ok, VendorStatisticsText.Parse("rx_bytes:7\nfuture_counter : 9\n"u8, out var counters));
        Assert.Equal("7 - - - - - - -", CounterValues.Of(counters));
    }

    [Fact]
    public void Counter_without_a_number_is_absent_and_told()
    {
        Assert.Equal(ReadStatus.Malformed, VendorStatisticsText.Parse("rx_bytes : 7\ntx_bytes : -1\nrx_packets :\n"u8, out var counters));
        Assert.Equal("7 - - - - - - -", CounterValues.Of(counters));
    }

    [Theory]
    [InlineData("")]
    [InlineData("busy\n")]
    [InlineData("rx_errors : 1\n")]
    public void Text_without_any_counter_is_malformed(string text)
    {
        Assert.Equal(ReadStatus.Malformed, VendorStatisticsText.Parse(Encoding.UTF8.GetBytes(text), out var counters));
        Assert.True(counters.IsEmpty);
    }

    [Fact]
    public void Mutated_text_gives_what_its_lines_say_or_nothing()
    {
        var outcomes = new HashSet<ReadStatus>();
        foreach (var (text, bytes) in Mutations.Of([Whole, "rx_bytes: 18446744073709551615\ntx_bytes :1"], seed: 3, count: 50_000))
        {
            outcomes.Add(VendorStatisticsText.Parse(bytes, out var counters));
            Assert.Equal(Expected(text), CounterValues.Of(counters));
        }

        Assert.Equal([ReadStatus.Ok, ReadStatus.Malformed], outcomes.Order());
    }

    // The same rule, written for strings.
    private static string Expected(string text)
    {
        var values = new ulong?[VfCounters.Count];
        foreach (var line in text.Split('\n'))
        {
            var parts = line.Split(':', 2).Select(p => p.Trim(' ', '\t', '\r', '\0')).ToArray();
            if (parts.Length == 2 && s_names.TryGetValue(parts[0], out var counter))
            {
                var number = parts[1].Length > 0 && parts[1].All(char.IsAsciiDigit) && ulong.TryParse(parts[1], out var value) ? value : (ulong?)null;
                values[(int)counter] = number;
            }
        }

        return string.Join(' ', values.Select(v => v is null ? "-" : $"{v}"));
    }
}
