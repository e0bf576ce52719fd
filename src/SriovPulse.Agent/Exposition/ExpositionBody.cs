using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace SriovPulse.Agent.Exposition;

/// <summary>
/// Bytes of an answer in pooled segments, shared by everybody who is sending them. The segments go back to the pool when the last hold is given back.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A token source without timer and wait handle holds nothing; revoking may race with the last release.")]
internal sealed class ExpositionBody(List<ArraySegment<byte>> segments)
{
    private readonly CancellationTokenSource _revoked = new();

    // The maker's own hold counts as one.
    private int _holds = 1;

    /// <summary>Bytes in all segments.</summary>
    public long Length { get; } = segments.Sum(segment => (long)segment.Count);

    /// <summary>The bytes, in order. To be read only by those who have a hold.</summary>
    public IReadOnlyList<ArraySegment<byte>> Segments => segments;

    /// <summary>Signalled when the memory is needed: whoever still sends the body stops.</summary>
    public CancellationToken Revoked => _revoked.Token;

    /// <summary>Whether somebody holds it.</summary>
    public bool IsHeld => Volatile.Read(ref _holds) > 0;

    /// <summary>Takes a further hold; only for somebody who is sure that another hold exists.</summary>
    public void Acquire() => Interlocked.Increment(ref _holds);

    /// <summary>Gives a hold back.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) > 0)
        {
            return;
        }

        foreach (var segment in segments)
        {
            ArrayPool<byte>.Shared.Return(segment.Array!);
        }

        segments.Clear();
    }

    /// <summary>Asks all holders to give up.</summary>
    public void Revoke() => _revoked.Cancel();
}
