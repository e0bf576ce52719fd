using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using SriovPulse.Agent.Exposition;

namespace SriovPulse.Agent.Serving;

/// <summary>Counts connections and marks those beyond the limit, whose requests are then answered with 503.</summary>
internal sealed class ConnectionLimit(int limit, ProgramMetrics program)
{
    /// <summary>Connections beyond the limit that still get their 503; Kestrel closes further ones without a word.</summary>
    public const int Courtesy = 64;

    private static readonly object s_mark = new();
    private int _open;

    /// <summary>Whether the connection is beyond the limit.</summary>
    public static bool Exceeds(IConnectionItemsFeature? connection) => connection?.Items.ContainsKey(s_mark) == true;

    /// <summary>Connection middleware.</summary>
    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        program.Connections.Inc();
        if (Interlocked.Increment(ref _open) > limit)
        {
            connection.Items[s_mark] = s_mark;
        }

        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            program.Connections.Dec();
        }
    };
}
