using System.Runtime.InteropServices;
using SriovPulse.Linux.Ethtool;
using SriovPulse.Linux.Interop;
using SriovPulse.Testing.Networks;

namespace SriovPulse.Linux.Tests.Ethtool;

public sealed class GuardedBufferTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(4096)]
    [InlineData(4100)]
    [InlineData(1_000_000)]
    public void Memory_is_zero_writable_and_ends_at_a_page(int size)
    {
        using var buffer = new GuardedBuffer(size);

        Assert.Equal(size, buffer.Bytes.Length);
        Assert.False(buffer.Bytes.ContainsAnyExcept((byte)0));
        buffer.Bytes.Fill(1);
        Assert.Equal(0, (buffer.Address + size) % Environment.SystemPageSize);
    }

    [Fact]
    public void Kernel_that_has_more_to_write_than_there_is_room_fails_at_the_guard_page()
    {
        Assert.SkipWhen(IsolatedNetwork.Obstacle is not null, IsolatedNetwork.Obstacle ?? string.Empty);
        IsolatedNetwork.Run(static () =>
        {
            IsolatedNetwork.Execute("ip", "link", "add", "left", "type", "veth", "peer", "name", "right");
            using var door = new EthtoolIoctlDoor();
            using var buffer = new GuardedBuffer(16);

            // GSTATS with no word about room: the kernel writes all it has, as old ones always do.
            MemoryMarshal.Write(buffer.Bytes, 0x1du);

            Assert.Equal(14, door.Invoke("left", buffer));
        });
    }

    [Fact]
    public void Memory_is_not_to_be_had_after_disposal()
    {
        var buffer = new GuardedBuffer(8);
        buffer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => buffer.Bytes.Length);
    }
}
