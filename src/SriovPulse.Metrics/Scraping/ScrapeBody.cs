using System.Buffers;
using System.Globalization;

namespace SriovPulse.Metrics.Scraping;

/// <summary>The bytes of one target's answer, in a buffer that is lent and given back.</summary>
internal sealed class ScrapeBody : IDisposable
{
    private const int SmallestBuffer = 16 * 1024;

    private byte[] _buffer;

    /// <param name="expected">About how many bytes will come: those of the last answer.</param>
    public ScrapeBody(int expected) => _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(expected + (expected / 8), SmallestBuffer));

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="ScrapeException">It is longer than the limit, when there is one.</exception>
    public async Task ReadAsync(Stream stream, long limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Length == _buffer.Length)
            {
                Grow();
            }

            var read = await stream.ReadAsync(_buffer.AsMemory(Length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            Length += read;
            if (limit > 0 && Length > limit)
            {
                throw new ScrapeException(string.Create(CultureInfo.InvariantCulture, $"the answer is longer than body_size_limit, {limit} bytes"));
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    private void Grow()
    {
        if (_buffer.Length >= Array.MaxLength / 2)
        {
            throw new ScrapeException("the answer is longer than a gigabyte: set body_size_limit");
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
