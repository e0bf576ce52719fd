namespace SriovPulse.Testing.Netlink;

/// <summary>A link of <see cref="ScriptedLinks"/>, which a test changes between two questions.</summary>
/// <param name="reply">What it answers.</param>
public sealed class ScriptedLink(LinkReply reply)
{
    /// <summary>What it answers.</summary>
    public LinkReply Reply { get; set; } = reply;

    /// <summary>Sent instead when its VFs are asked for: the payload of a real kernel's reply.</summary>
    public byte[]? Recorded { get; init; }

    /// <summary>Error number for a question about this link alone, by the mask of what is asked (IFLA_EXT_MASK); 0 to answer.</summary>
    public Func<uint, int> Refusal { get; set; } = static _ => 0;

    /// <summary>Whether the answer is cut in its middle.</summary>
    public bool IsMalformed { get; set; }
}
