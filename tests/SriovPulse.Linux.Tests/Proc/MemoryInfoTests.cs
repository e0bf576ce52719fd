using SriovPulse.Linux.Proc;

namespace SriovPulse.Linux.Tests.Proc;

public sealed class MemoryInfoTests
{
    [Fact]
    public void MemoryInfo_reads_kibibytes_as_bytes()
    {
        var text = "MemTotal:       263747536 kB\nMemFree:        1 kB\nMemAvailable:   241592320 kB\n"u8;
        Assert.True(MemoryInfo.TryGet(text, "MemTotal:"u8, out var total));
        Assert.Equal(263747536UL * 1024, total);
        Assert.True(MemoryInfo.TryGet(text, "MemAvailable:"u8, out var available));
        Assert.Equal(241592320UL * 1024, available);
    }

    [Fact]
    public void MemoryInfo_says_no_when_the_line_is_missing_or_no_number()
    {
        // Kernels before 3.14 had no MemAvailable; a zero instead would be a false number.
        Assert.False(MemoryInfo.TryGet("MemTotal: 1 kB\n"u8, "MemAvailable:"u8, out _));
        Assert.False(MemoryInfo.TryGet("MemTotal: lots\n"u8, "MemTotal:"u8, out _));
        Assert.False(MemoryInfo.TryGet(default, "MemTotal:"u8, out _));
    }
}
