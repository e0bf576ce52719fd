using System.Text;

namespace SriovPulse.Linux.Files;

/// <summary>
/// Reads attributes that can block: <c>sriov_vf_total_msix</c> and others that wait for a device's lock or RTNL. A blocked read cannot be called back, so it
/// keeps its thread; while it lasts, other reads of the same path time out at once. So there is at most one thread per blocked path, and one that waits.
/// </summary>
/// <param name="root">The directory that paths are relative to.</param>
public sealed class DeadlineReader(DirectoryHandle root) : IDisposable
{
    private const int PageLength = 4096;
    private const int StackLength = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private readonly Stack<Worker> _idle = [];
    private bool _disposed;

    private DirectoryHandle Root { get; } = root;

    /// <summary>How many reads have not returned yet, those that timed out included.</summary>
    public int UnderWay
    {
        get
        {
            lock (_lock)
            {
                return _underWay.Count;
            }
        }
    }

    /// <summary>Reads an attribute of at most a page.</summary>
    /// <param name="path">Path relative to the root.</param>
    /// <param name="buffer">Receives the content.</param>
    /// <param name="deadline">How long to wait.</param>
    /// <param name="length">How many bytes were read.</param>
    /// <returns><see cref="ReadStatus.TimedOut"/> when the read has not ended in time, or an earlier one of this path has not ended yet.</returns>
    public ReadStatus Read(string path, Span<byte> buffer, TimeSpan deadline, out int length)
    {
        length = 0;
        var utf8 = Encoding.UTF8.GetBytes(path);
        DirectoryHandle.ThrowIfNotRelative(utf8);
        Worker worker;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_underWay.Add(path))
            {
                return ReadStatus.TimedOut;
            }

            worker = _idle.Count > 0 ? _idle.Pop() : new Worker(this);
            worker.Begin(path, utf8);
        }

        worker.Ended.Wait(deadline);
        lock (_lock)
        {
            if (!worker.Ended.IsSet)
            {
                worker.Abandoned = true;
                return ReadStatus.TimedOut;
            }

            var status = worker.Status;
            length = Math.Min(worker.Length, buffer.Length);
            worker.Buffer.AsSpan(0, length).CopyTo(buffer);
            status = status == ReadStatus.Ok && length < worker.Length ? ReadStatus.TooLong : status;
            Retire(worker);
            return status;
        }
    }

    /// <summary>Reads an attribute that is one decimal number.</summary>
    public FileValue<ulong> ReadUInt64(string path, TimeSpan deadline)
    {
        Span<byte> buffer = stackalloc byte[64];
        var status = Read(path, buffer, deadline, out var length);
        if (status != ReadStatus.Ok)
        {
            return new FileValue<ulong>(status == ReadStatus.TooLong ? ReadStatus.Malformed : status);
        }

        return NumberText.TryParse(buffer[..length], out ulong value) ? new FileValue<ulong>(value) : new FileValue<ulong>(ReadStatus.Malformed);
    }

    /// <summary>Ends the waiting threads; a blocked one ends with its read, and does not keep the process alive.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            while (_idle.TryPop(out var worker))
            {
                worker.End();
            }
        }
    }

    private void Retire(Worker worker)
    {
        if (_disposed)
        {
            worker.End();
        }
        else
        {
            _idle.Push(worker);
        }
    }

    private sealed class Worker : IDisposable
    {
        private readonly DeadlineReader _reader;
        private readonly SemaphoreSlim _begin = new(0);
        private string? _path;
        private byte[] _utf8 = [];

        public Worker(DeadlineReader reader)
        {
            _reader = reader;
            new Thread(Run, StackLength) { IsBackground = true, Name = "slow attribute" }.Start();
        }

        public ManualResetEventSlim Ended { get; } = new();

        public byte[] Buffer { get; } = new byte[PageLength];

        public ReadStatus Status { get; private set; }

        public int Length { get; private set; }

        /// <summary>Nobody waits any more: the worker retires by itself.</summary>
        public bool Abandoned { get; set; }

        public void Begin(string path, byte[] utf8)
        {
            _path = path;
            _utf8 = utf8;
            Abandoned = false;
            Ended.Reset();
            _begin.Release();
        }

        public void End()
        {
            _path = null;
            _begin.Release();
        }

        /// <summary>Done by the worker's own thread as its last act, when nobody can wait for it any more.</summary>
        public void Dispose()
        {
            _begin.Dispose();
            Ended.Dispose();
        }

        private void Run()
        {
            while (true)
            {
                _begin.Wait();
                if (_path is null)
                {
                    Dispose();
                    return;
                }

                var (status, length) = Read();
                lock (_reader._lock)
                {
                    Status = status;
                    Length = length;
                    _reader._underWay.Remove(_path);
                    if (Abandoned)
                    {
                        _reader.Retire(this);
                    }
                    else
                    {
                        Ended.Set();
                    }
                }
            }
        }

        private (ReadStatus Status, int Length) Read()
        {
            try
            {
                return (_reader.Root.Read(_utf8, Buffer, out var length), length);
            }
            catch (ObjectDisposedException)
            {
                // The root was closed under a read that nobody waits for.
                return (ReadStatus.Failed, 0);
            }
        }
    }
}
