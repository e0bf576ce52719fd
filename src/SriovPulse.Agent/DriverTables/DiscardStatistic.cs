namespace SriovPulse.Agent.DriverTables;

/// <summary>A driver's statistic that counts discarded frames.</summary>
/// <param name="Name">Its name; one <c>*</c> stands for a number, for statistics that exist per queue.</param>
/// <param name="Direction">Direction of the frames.</param>
/// <param name="Reason">Why they were discarded.</param>
public readonly record struct DiscardStatistic(string Name, TrafficDirection Direction, DiscardReason Reason)
{
    /// <summary>Whether a netdev's statistic is this one.</summary>
    public bool Matches(ReadOnlySpan<byte> name)
    {
        var star = Name.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return IsAscii(name, Name);
        }

        var tail = Name.Length - star - 1;
        if (name.Length <= star + tail || !IsAscii(name[..star], Name.AsSpan(0, star)) || !IsAscii(name[^tail..], Name.AsSpan(star + 1)))
        {
            return false;
        }

        return !name[star..^tail].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool IsAscii(ReadOnlySpan<byte> utf8, ReadOnlySpan<char> text) => System.Text.Ascii.Equals(utf8, text);
}
