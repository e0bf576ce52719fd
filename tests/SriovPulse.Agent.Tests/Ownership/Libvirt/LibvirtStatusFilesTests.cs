using System.Runtime.Versioning;
using SriovPulse.Agent.Ownership;
using SriovPulse.Agent.Ownership.Libvirt;
using SriovPulse.Testing;

namespace SriovPulse.Agent.Tests.Ownership.Libvirt;

[SupportedOSPlatform("linux")]
public sealed class LibvirtStatusFilesTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Status_files_are_read_when_the_folder_changes()
    {
        var files = Files();
        files.Refresh(again: true);
        Assert.Equal(SourceAccess.NotPresent, files.State.Access);
        Assert.False(files.Refresh(again: false));

        _host.WriteStatusFixture("openstack");
        Assert.True(files.Refresh(again: false));
        Assert.Equal(SourceAccess.Readable, files.State.Access);
        Assert.Equal(["0000:3b:02.1"], Addresses(files));

        _host.WriteStatusFixture("network-pool");
        Assert.True(files.Refresh(again: false));
        Assert.Equal(["0000:3b:02.1", "0000:3b:02.3", "0001:3b:02.2"], Addresses(files));

        File.Delete(Path.Combine(_host.StatusFolder, "openstack.xml"));
        Assert.True(files.Refresh(again: false));
        Assert.Equal(["0000:3b:02.3", "0001:3b:02.2"], Addresses(files));
    }

    [Fact]
    public void Settled_folder_is_not_listed_again()
    {
        var path = _host.WriteStatusFixture("openstack");
        var old = DateTime.UnixEpoch.AddYears(50);
        File.SetLastWriteTimeUtc(path, old);
        Directory.SetLastWriteTimeUtc(_host.StatusFolder, old);
        var files = Files();
        Assert.True(files.Refresh(again: true));

        // Changed in place, which libvirt never does and which leaves the folder as it is: unseen until looked for again.
        File.WriteAllText(path, "<broken");
        Assert.False(files.Refresh(again: false));
        Assert.Equal(["0000:3b:02.1"], Addresses(files));
        Assert.True(files.Refresh(again: true));
        Assert.Equal(SourceAccess.Malformed, files.State.Access);
    }

    [Fact]
    public void Looking_at_a_settled_folder_allocates_nothing()
    {
        _host.WriteStatusFixture("openstack");
        Directory.SetLastWriteTimeUtc(_host.StatusFolder, DateTime.UnixEpoch.AddYears(50));
        var files = Files();
        files.Refresh(again: true);
        files.Refresh(again: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            files.Refresh(again: false);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void One_malformed_file_does_not_spoil_the_others()
    {
        _host.WriteStatusFixture("openstack");
        _host.WriteStatus("broken", "<domstatus>\n<domain><name>x</name></domain></domstatus>");
        var files = Files();
        files.Refresh(again: true);
        Assert.Equal(["0000:3b:02.1"], Addresses(files));
        Assert.Equal(SourceAccess.Malformed, files.State.Access);
        Assert.StartsWith(Path.Combine(_host.StatusFolder, "broken.xml") + ":2:", files.State.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void File_of_an_ended_process_claims_nothing()
    {
        _host.WriteStatusFixture("openstack");
        _host.Process(1, "systemd");
        _host.Process(4242, "qemu-system-x86");
        var files = Files();
        files.Refresh(again: true);
        Assert.Single(files.Claims);

        _host.EndProcess(4242);
        Assert.True(files.Refresh(again: true));
        Assert.Empty(files.Claims);

        // Without a process 1 in sight the process table is no witness.
        _host.EndProcess(1);
        Assert.True(files.Refresh(again: true));
        Assert.Single(files.Claims);
    }

    [Fact]
    public void Files_that_may_not_be_read_are_told_as_denied()
    {
        var path = _host.WriteStatusFixture("openstack");
        File.SetUnixFileMode(path, UnixFileMode.None);
        OpenTheWay();
        Unprivileged.Run(() =>
        {
            var files = Files();
            Assert.True(files.Refresh(again: true));
            Assert.Equal(new SourceState(OwnershipSource.Libvirt, SourceAccess.Denied, path), files.State);
            Assert.Empty(files.Claims);
        });
    }

    [Fact]
    public void Folder_that_may_not_be_entered_is_told_as_denied()
    {
        _host.WriteStatusFixture("openstack");
        OpenTheWay();
        File.SetUnixFileMode(Path.Combine(_host.Root, "run/libvirt"), UnixFileMode.None);
        try
        {
            Unprivileged.Run(() =>
            {
                var files = Files();
                files.Refresh(again: true);
                Assert.Equal(SourceAccess.Denied, files.State.Access);
            });
        }
        finally
        {
            File.SetUnixFileMode(Path.Combine(_host.Root, "run/libvirt"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // Temporary folders are for their owner alone; the denial tested is that of the file.
    private void OpenTheWay() =>
        File.SetUnixFileMode(_host.Root, (UnixFileMode)0b111_101_101);

    private LibvirtStatusFiles Files() => new(_host.Root, new OwnershipOptions(), TimeProvider.System);

    private static IEnumerable<string> Addresses(LibvirtStatusFiles files) =>
        files.Claims.Where(c => c.Address is not null).Select(c => c.Address!.Value.ToString()).Order(StringComparer.Ordinal);
}
