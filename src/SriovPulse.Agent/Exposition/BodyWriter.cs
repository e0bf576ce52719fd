using System.Buffers;

namespace SriovPulse.Agent.Exposition;

/// <summary>Collects bytes in pooled segments. A stream as well, for those who can only write to one.</summary>
internal sealed class BodyWriter : Stream, IBufferWriter<byte>
{
    // Below the large-object threshold, so that a pool that was trimmed refills cheaply.
    private const int SegmentSize = 64 * 1024;

    private readonly List<ArraySegment<byte>> _segments = [];
    private byte[] _buffer = [];
    private int _used;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Advance(int count) => _used += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (_buffer.Length - _used < Math.Max(sizeHint, 1))
        {
            Seal();
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(SegmentSize, sizeHint));
        }

        return _buffer.AsSpan(_used);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return _buffer.AsMemory(_used);
    }

    /// <summary>What was written, as a body on which the caller has the hold. The writer is empty again.</summary>
    public ExpositionBody Take()
    {
        Seal();
        var body = new ExpositionBody([.. _segments]);
        _segments.Clear();
        return body;
    }

    public override void Write(ReadOnlySpan<byte> buffer) => BuffersExtensions.Write(this, buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Gives back the memory of what was written and not taken.</summary>
    protected override void Dispose(bool disposing)
    {
        Take().Release();
        base.Dispose(disposing);
    }

    private void Seal()
    {
        if (_used > 0)
        {
            _segments.Add(new(_buffer, 0, _used));
        }
        else if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = [];
        _used = 0;
    }
}
