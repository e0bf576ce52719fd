using SriovPulse.Linux.Files;
using SriovPulse.Linux.Interop;

namespace SriovPulse.Linux.Tests.Files;

public sealed class FileErrorsTests
{
    /// <summary>Numbers that no file of a fixture tree gives, from include/uapi/asm-generic/errno-base.h and errno.h.</summary>
    [Theory]
    [InlineData(1, ReadStatus.Denied)]
    [InlineData(2, ReadStatus.Missing)]
    [InlineData(5, ReadStatus.Failed)]
    [InlineData(6, ReadStatus.Vanished)]
    [InlineData(11, ReadStatus.Failed)]
    [InlineData(12, ReadStatus.Exhausted)]
    [InlineData(13, ReadStatus.Denied)]
    [InlineData(16, ReadStatus.Failed)]
    [InlineData(19, ReadStatus.Vanished)]
    [InlineData(20, ReadStatus.Missing)]
    [InlineData(21, ReadStatus.Malformed)]
    [InlineData(22, ReadStatus.Unsupported)]
    [InlineData(23, ReadStatus.Exhausted)]
    [InlineData(24, ReadStatus.Exhausted)]
    [InlineData(38, ReadStatus.Unsupported)]
    [InlineData(95, ReadStatus.Unsupported)]
    [InlineData(116, ReadStatus.Vanished)]
    public void Error_number_has_its_status(int errno, ReadStatus expected) => Assert.Equal(expected, FileErrors.ToStatus(errno));

    [Fact]
    public void Value_that_was_never_read_is_no_zero()
    {
        Assert.False(default(FileValue<ulong>).HasValue);
        Assert.Equal(7UL, default(FileValue<ulong>).Or(7));
        Assert.False(default(FileValue<ulong>).TryGet(out _));
    }
}
