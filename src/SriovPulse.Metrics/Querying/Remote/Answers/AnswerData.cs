using System.Text.Json;

namespace SriovPulse.Metrics.Querying.Remote.Answers;

/// <summary>Takes the <c>data</c> of an answer piece by piece, so that the text of a large answer is never in memory as a whole.</summary>
internal abstract class AnswerData
{
    /// <summary>Whether a member of <c>data</c> is an array whose elements come one by one; the name is null for <c>data</c> itself.</summary>
    public virtual bool IsStreamed(string? member) => member is null;

    /// <summary>Takes one value: an element of a streamed array, or a member of <c>data</c>. The reader stands on its first token, and all of it is there.</summary>
    /// <param name="member">The name of the member; null for <c>data</c> itself.</param>
    /// <param name="value">The value; to be read to its last token.</param>
    /// <exception cref="AnswerFormatException">It is not what the API says.</exception>
    public abstract void Take(string? member, ref Utf8JsonReader value);
}
