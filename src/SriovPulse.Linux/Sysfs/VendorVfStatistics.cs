using System.Runtime.CompilerServices;
using System.Text;
using SriovPulse.Core;
using SriovPulse.Linux.Files;

namespace SriovPulse.Linux.Sysfs;

/// <summary>
/// VF counters of one PF from the tree that vendors' own drivers make below the PF's device, <c>sriov/N/stats</c>. Keeps one descriptor, of <c>sriov</c>: one
/// per counter would be faster to read and cost the kernel 4.4 kB each. A pass costs three calls per counter, or per VF where its statistics are one file,
/// and allocates nothing. For one thread at a time.
/// </summary>
/// <param name="root">The root file system to read below.</param>
/// <param name="devicePath">The PF's device below the root, for example <c>sys/bus/pci/devices/0000:3b:00.0</c>.</param>
public sealed class VendorVfStatistics(DirectoryHandle root, string devicePath) : IDisposable
{
    private const int PageLength = 4096;
    private const int PathLength = 48;

    private readonly byte[] _path = Encoding.UTF8.GetBytes(devicePath + "/sriov");
    private DirectoryHandle? _tree;

    // What was learned from one VF, because a driver gives all VFs the same: the form, and which counters have a file, as bits.
    private uint _files;

    // Whether two passes learned the same. One look is not enough: the driver may have been making the files at that moment.
    private bool _settled;

    // What this pass has still, or has already, done.
    private bool _mustLearn;
    private bool _reopened;
    private uint _wanted = uint.MaxValue;

    /// <summary>The tree's form, as far as a VF's statistics have been seen.</summary>
    public VendorTreeForm Form { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>Reads the counters of VFs.</summary>
    /// <param name="virtualFunctions">Indexes of the VFs.</param>
    /// <param name="counters">Receives the counters of each; those that could not be read are absent.</param>
    /// <param name="statuses">
    /// Receives how each VF's read ended: with the status of the first counter that could not be read, the others being there, or with
    /// <see cref="ReadStatus.Missing"/> and no counters when the tree does not have the VF.
    /// </param>
    /// <param name="bytesOnly">Whether to read no more than the bytes, which sampling needs.</param>
    /// <returns><see cref="ReadStatus.Ok"/> when there is a tree, <see cref="ReadStatus.Missing"/> when the PF's driver makes none.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public ReadStatus Read(ReadOnlySpan<int> virtualFunctions, Span<VfCounters> counters, Span<ReadStatus> statuses, bool bytesOnly = false)
    {
        if (counters.Length != virtualFunctions.Length || statuses.Length != virtualFunctions.Length)
        {
            throw new ArgumentException($"{virtualFunctions.Length} VFs need as many counters and statuses, not {counters.Length} and {statuses.Length}");
        }

        var status = _tree is null ? Open() : ReadStatus.Ok;
        if (status != ReadStatus.Ok)
        {
            counters.Clear();
            statuses.Fill(status);
            return status;
        }

        _wanted = bytesOnly ? (1U << (int)VfCounter.ReceiveBytes) | (1U << (int)VfCounter.TransmitBytes) : uint.MaxValue;
        _reopened = false;
        _mustLearn = !_settled;
        for (var i = 0; i < virtualFunctions.Length; i++)
        {
            statuses[i] = Read(virtualFunctions[i], out counters[i]);
        }

        return _tree is null ? ReadStatus.Missing : ReadStatus.Ok;
    }

    private ReadStatus Read(int vf, out VfCounters counters)
    {
        var status = ReadVf(vf, out counters, out var gone);
        if (gone && !_reopened)
        {
            // A driver that was loaded again has another tree; below the old one's descriptor nothing is found any more.
            _reopened = true;
            if (Open() == ReadStatus.Ok)
            {
                status = ReadVf(vf, out counters, out _);
            }
        }

        return status;
    }

    private ReadStatus Open()
    {
        Close();
        return root.TryOpenDirectory(_path, out _tree);
    }

    private void Close()
    {
        _tree?.Dispose();
        _tree = null;
        Form = VendorTreeForm.Unknown;
        _files = 0;
        _settled = false;
        _mustLearn = true;
    }

    private ReadStatus ReadVf(int vf, out VfCounters counters, out bool gone)
    {
        counters = default;
        gone = _tree is null;
        if (_tree is null)
        {
            return ReadStatus.Missing;
        }

        var path = new RelativePath(stackalloc byte[PathLength]);
        path.Append(vf);
        path.Append("/stats"u8);
        if (_mustLearn)
        {
            var status = Learn(_tree, path.Utf8);
            if (status != ReadStatus.Ok)
            {
                gone = status == ReadStatus.Missing;
                return status;
            }
        }

        return Form == VendorTreeForm.Directory ? ReadFiles(_tree, path, out counters, out gone) : ReadFile(_tree, path.Utf8, out counters, out gone);
    }

    [SkipLocalsInit]
    private ReadStatus Learn(DirectoryHandle tree, ReadOnlySpan<byte> path)
    {
        var form = VendorTreeForm.Directory;
        var files = 0U;
        using var entries = tree.Enumerate(path, stackalloc byte[PageLength]);
        while (entries.MoveNext())
        {
            if (VendorCounterName.TryParse(entries.Current.Name, out var counter))
            {
                files |= 1U << (int)counter;
            }
        }

        if (entries.Status == ReadStatus.Missing && tree.Probe(path) == ReadStatus.Ok)
        {
            form = VendorTreeForm.File;
        }
        else if (entries.Status != ReadStatus.Ok)
        {
            return entries.Status;
        }

        _settled = form == Form && files == _files && (form == VendorTreeForm.File || files != 0);
        Form = form;
        _files = files;
        _mustLearn = false;
        return ReadStatus.Ok;
    }

    private ReadStatus ReadFiles(DirectoryHandle tree, scoped RelativePath path, out VfCounters counters, out bool gone)
    {
        counters = default;
        gone = false;
        var directory = path.Length;
        path.Append("/"u8);
        var stem = path.Length;
        var first = _files == 0 ? ReadStatus.Unsupported : ReadStatus.Ok;
        for (var files = _files & _wanted; files != 0;)
        {
            var counter = VendorCounterName.Take(ref files);
            path.Truncate(stem);
            path.Append(VendorCounterName.Of(counter));
            var value = tree.ReadUInt64(path.Utf8);
            if (value.HasValue)
            {
                counters.Set(counter, value.Value);
                continue;
            }

            if (value.Status is ReadStatus.Missing or ReadStatus.Vanished)
            {
                _settled = false;
                if (tree.Probe(path.Utf8[..directory]) != ReadStatus.Ok)
                {
                    // The VF is gone; what was read of it before is of no use to anyone.
                    counters = default;
                    gone = true;
                    return ReadStatus.Missing;
                }
            }

            first = first == ReadStatus.Ok ? value.Status : first;
        }

        return first;
    }

    [SkipLocalsInit]
    private ReadStatus ReadFile(DirectoryHandle tree, ReadOnlySpan<byte> path, out VfCounters counters, out bool gone)
    {
        counters = default;
        Span<byte> buffer = stackalloc byte[PageLength];
        var status = tree.Read(path, buffer, out var length);
        gone = status is ReadStatus.Missing or ReadStatus.Vanished;
        var text = buffer[..length];
        if (status == ReadStatus.TooLong)
        {
            // The last line may be cut, and half a number is a false one.
            text = text[..(text.LastIndexOf((byte)'\n') + 1)];
        }
        else if (status != ReadStatus.Ok)
        {
            _settled = false;
            return status;
        }

        var parsed = VendorStatisticsText.Parse(text, out counters);
        _settled &= parsed == ReadStatus.Ok;
        return status == ReadStatus.Ok ? parsed : status;
    }
}
