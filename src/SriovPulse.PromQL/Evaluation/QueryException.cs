using SriovPulse.PromQL.Parsing;

namespace SriovPulse.PromQL.Evaluation;

/// <summary>A query did not come to an end. The subclass tells why.</summary>
public abstract class QueryException : Exception
{
    private protected QueryException(string message, TextRange range, Exception? inner = null)
        : base(message, inner) => Range = range;

    /// <summary>The part of the expression that was evaluated when it happened.</summary>
    public TextRange Range { get; }
}
