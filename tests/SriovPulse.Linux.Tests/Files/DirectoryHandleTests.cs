using System.Net.Sockets;
using System.Text;
using SriovPulse.Linux.Files;
using SriovPulse.Testing.Trees;

namespace SriovPulse.Linux.Tests.Files;

public sealed class DirectoryHandleTests : IDisposable
{
    private readonly HostTree _tree = new();
    private readonly DirectoryHandle _root;

    public DirectoryHandleTests() => _root = _tree.Open();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("0\n", 0UL)]
    [InlineData("18446744073709551615\n", ulong.MaxValue)]
    [InlineData("  42", 42UL)]
    [InlineData("7\0", 7UL)]
    public void Number_is_read(string content, ulong expected)
    {
        _tree.Write("a", content);
        Assert.Equal(new FileValue<ulong>(expected), _root.ReadUInt64("a"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("-1\n")]
    [InlineData("+1\n")]
    [InlineData("1 2\n")]
    [InlineData("0x10\n")]
    [InlineData("1.5\n")]
    [InlineData("18446744073709551616\n")]
    [InlineData("12three\n")]
    [InlineData("                                                                                        1\n")]
    public void Number_is_malformed_when_the_file_holds_anything_else(string content)
    {
        _tree.Write("a", content);
        Assert.Equal(ReadStatus.Malformed, _root.ReadUInt64("a"u8).Status);
    }

    [Fact]
    public void Signed_number_is_read()
    {
        _tree.Write("a", "-1\n");
        Assert.Equal(new FileValue<int>(-1), _root.ReadInt32("a"u8));
        _tree.Write("a", "2147483648\n");
        Assert.Equal(ReadStatus.Malformed, _root.ReadInt32("a"u8).Status);
    }

    [Fact]
    public void Hexadecimal_number_is_read_with_and_without_prefix()
    {
        _tree.Write("a", "0x8086\n");
        _tree.Write("b", "10ca\n");
        _tree.Write("c", "0x\n");
        _tree.Write("d", "0x123456789\n");
        Assert.Equal(new FileValue<uint>(0x8086), _root.ReadHex("a"u8));
        Assert.Equal(new FileValue<uint>(0x10ca), _root.ReadHex("b"u8));
        Assert.Equal(ReadStatus.Malformed, _root.ReadHex("c"u8).Status);
        Assert.Equal(ReadStatus.Malformed, _root.ReadHex("d"u8).Status);
    }

    [Fact]
    public void Content_longer_than_the_buffer_is_told()
    {
        _tree.Write("a", "0123456789");
        Assert.Equal(ReadStatus.Ok, _root.Read("a"u8, new byte[10], out var length));
        Assert.Equal(10, length);
        var buffer = new byte[9];
        Assert.Equal(ReadStatus.TooLong, _root.Read("a"u8, buffer, out length));
        Assert.Equal("012345678", Encoding.UTF8.GetString(buffer.AsSpan(0, length)));
    }

    [Fact]
    public void Read_is_missing_when_nothing_or_no_folder_stands_there()
    {
        _tree.Write("file", "1\n");
        Assert.Equal(ReadStatus.Missing, _root.ReadUInt64("none"u8).Status);
        Assert.Equal(ReadStatus.Missing, _root.ReadUInt64("none/a"u8).Status);
        Assert.Equal(ReadStatus.Missing, _root.ReadUInt64("file/a"u8).Status);
        Assert.Equal(ReadStatus.Missing, _root.TryOpenDirectory("file"u8, out _));
        Assert.Equal(ReadStatus.Missing, _root.Probe("none"u8));
        Assert.Equal(ReadStatus.Ok, _root.Probe("file"u8));
    }

    [Fact]
    public void Read_is_denied_when_permissions_forbid_it()
    {
        _tree.Write("secret/a", "1\n");
        _tree.Write("b", "1\n");
        Mode("b", UnixFileMode.None);
        Mode("secret", UnixFileMode.None);
        try
        {
            OtherUser.Run(() =>
            {
                Assert.Equal(ReadStatus.Denied, _root.ReadUInt64("b"u8).Status);
                Assert.Equal(ReadStatus.Denied, _root.ReadUInt64("secret/a"u8).Status);
                Assert.Equal(ReadStatus.Denied, _root.TryOpenDirectory("secret"u8, out _));
                using var entries = _root.Enumerate("secret"u8, new byte[512]);
                Assert.False(entries.MoveNext());
                Assert.Equal(ReadStatus.Denied, entries.Status);
            });
        }
        finally
        {
            Mode("secret", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Read_is_vanished_when_the_device_behind_a_file_is_gone()
    {
        // Opening a socket's file answers ENXIO, the number that drivers give for a device that went away (open(2)).
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_tree.Full("s")));
        Assert.Equal(ReadStatus.Vanished, _root.ReadUInt64("s"u8).Status);
    }

    [Fact]
    public void Read_is_malformed_when_a_folder_stands_for_the_file()
    {
        _tree.Write("folder/a", "1\n");
        Assert.Equal(ReadStatus.Malformed, _root.ReadUInt64("folder"u8).Status);
    }

    [Fact]
    public void Read_is_failed_when_the_kernel_answers_with_an_input_error()
    {
        // Page 0 of this process is not mapped, and reading its memory there is EIO (fs/proc/base.c, mem_rw).
        using var proc = DirectoryHandle.Open("/proc");
        Assert.Equal(ReadStatus.Failed, proc.ReadUInt64("self/mem"u8).Status);
    }

    [Fact]
    public void Read_is_unsupported_when_the_driver_has_no_value()
    {
        using var root = DirectoryHandle.Open("/");
        if (root.Probe("sys/class/net/lo/speed"u8) != ReadStatus.Ok)
        {
            Assert.Skip("no /sys/class/net/lo/speed on this machine");
        }

        Assert.Equal(ReadStatus.Unsupported, root.ReadInt32("sys/class/net/lo/speed"u8).Status);
    }

    [Fact]
    public void Link_gives_the_last_component_of_its_target()
    {
        _tree.Write("drivers/ixgbe/x", "");
        _tree.Link("device/driver", "drivers/ixgbe");
        Assert.Equal(ReadStatus.Ok, _root.ReadLinkName("device/driver"u8, new byte[64], out var name));
        Assert.Equal("ixgbe", Encoding.UTF8.GetString(name));
        Assert.Equal(ReadStatus.Missing, _root.ReadLinkName("device/none"u8, new byte[64], out _));
        Assert.Equal(ReadStatus.Malformed, _root.ReadLinkName("drivers"u8, new byte[64], out _));
        Assert.Equal(ReadStatus.TooLong, _root.ReadLinkName("device/driver"u8, new byte[16], out _));
    }

    [Fact]
    public void Enumeration_gives_names_inodes_and_types_over_many_buffers()
    {
        const int Files = 700;
        for (var i = 0; i < Files; i++)
        {
            _tree.Write($"many/file{i}", "");
        }

        _tree.Link("many/link", "many/file0");
        _tree.Write("many/folder/x", "");
        var seen = new Dictionary<string, (ulong Inode, EntryType Type)>();
        using var entries = _root.Enumerate("many"u8, new byte[DirectoryEntries.MinBufferLength]);
        while (entries.MoveNext())
        {
            seen.Add(Encoding.UTF8.GetString(entries.Current.Name), (entries.Current.Inode, entries.Current.Type));
        }

        Assert.Equal(ReadStatus.Ok, entries.Status);
        Assert.Equal(Files + 2, seen.Count);
        Assert.Equal(EntryType.SymbolicLink, seen["link"].Type);
        Assert.Equal(EntryType.Directory, seen["folder"].Type);
        Assert.Equal(EntryType.File, seen["file699"].Type);
        Assert.NotEqual(seen["link"].Inode, seen["file0"].Inode);
        Assert.Equal(seen.Count, seen.Values.Select(v => v.Inode).Distinct().Count());
    }

    [Fact]
    public void Enumeration_holds_a_name_of_the_greatest_length_in_the_smallest_buffer()
    {
        var name = new string('n', 255);
        _tree.Write($"long/{name}", "");
        using var entries = _root.Enumerate("long"u8, new byte[DirectoryEntries.MinBufferLength]);
        Assert.True(entries.MoveNext());
        Assert.Equal(name, Encoding.UTF8.GetString(entries.Current.Name));
        Assert.False(entries.MoveNext());
        Assert.Equal(ReadStatus.Ok, entries.Status);
    }

    [Fact]
    public void Enumeration_tells_that_the_directory_is_missing()
    {
        using var entries = _root.Enumerate("none"u8, new byte[512]);
        Assert.False(entries.MoveNext());
        Assert.Equal(ReadStatus.Missing, entries.Status);
    }

    [Fact]
    public void Kept_directory_finds_nothing_once_it_was_removed_and_made_again()
    {
        _tree.Write("d/a", "1\n");
        Assert.Equal(ReadStatus.Ok, _root.TryOpenDirectory("d"u8, out var kept));
        using (kept)
        {
            Assert.Equal(new FileValue<ulong>(1), kept!.ReadUInt64("a"u8));
            _tree.Remove("d");
            _tree.Write("d/a", "2\n");
            Assert.Equal(ReadStatus.Missing, kept.ReadUInt64("a"u8).Status);
        }
    }

    [Fact]
    public void Root_that_cannot_be_opened_is_named()
    {
        var missing = Assert.Throws<DirectoryNotFoundException>(() => DirectoryHandle.Open(_tree.Full("none")));
        Assert.Contains(_tree.Full("none"), missing.Message, StringComparison.Ordinal);
        _tree.Write("file", "");
        Assert.Throws<DirectoryNotFoundException>(() => DirectoryHandle.Open(_tree.Full("file")));
        _tree.Write("secret/a", "");
        Mode("secret", UnixFileMode.None);
        OtherUser.Run(() => Assert.Throws<UnauthorizedAccessException>(() => DirectoryHandle.Open(_tree.Full("secret"))));
        Mode("secret", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Path_that_is_not_relative_is_the_callers_error()
    {
        Assert.Throws<ArgumentException>(() => _root.ReadUInt64("/etc/hostname"u8));
        Assert.Throws<ArgumentException>(() => _root.ReadUInt64(""u8));
        Assert.Throws<ArgumentException>(() => _root.ReadUInt64("a\0b"u8));
        Assert.Throws<ArgumentException>(() => _root.ReadUInt64(new byte[DirectoryHandle.MaxPathLength + 1]));
        Assert.Throws<ArgumentException>(() => _root.Enumerate("."u8, new byte[100]));
    }

    [Fact]
    public void Reads_leave_no_descriptor_open()
    {
        _tree.Write("a", "1\n");
        _tree.Write("folder/b", "x\n");
        var before = OpenDescriptorsOf(_tree.Root);
        for (var i = 0; i < 50; i++)
        {
            _root.ReadUInt64("a"u8);
            _root.ReadUInt64("folder"u8);
            _root.ReadUInt64("folder/b"u8);
            _root.Read("a"u8, new byte[1], out _);
            _root.Probe("a"u8);
            using var entries = _root.Enumerate("folder"u8, new byte[512]);
            entries.MoveNext();
        }

        Assert.Equal(before, OpenDescriptorsOf(_tree.Root));
    }

    [Fact]
    public void Reads_allocate_nothing()
    {
        _tree.Write("a", "1\n");
        _tree.Write("x", "8086\n");
        _tree.Link("l", "a");
        var buffer = new byte[512];
        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                _root.ReadUInt64("a"u8);
                _root.ReadInt32("a"u8);
                _root.ReadHex("x"u8);
                _root.ReadUInt64("none"u8);
                _root.Read("a"u8, buffer, out _);
                _root.ReadLinkName("l"u8, buffer, out _);
                using var entries = _root.Enumerate("."u8, buffer);
                while (entries.MoveNext())
                {
                }
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated();
        Assert.Equal(0, Allocated());
    }

    private static int OpenDescriptorsOf(string root) =>
        Directory.GetFileSystemEntries("/proc/self/fd").Count(fd => new FileInfo(fd).LinkTarget?.StartsWith(root, StringComparison.Ordinal) == true);

    private void Mode(string path, UnixFileMode mode)
    {
#pragma warning disable CA1416 // These tests run on Linux alone.
        File.SetUnixFileMode(_tree.Full(path), mode);
#pragma warning restore CA1416
    }
}
