namespace SriovPulse.Agent.Ownership.Processes;

/// <summary>QEMU's option lists: <c>value,key=value,…</c>, where a comma inside a value is doubled (util/qemu-option.c).</summary>
internal static class QemuOptions
{
    /// <summary>The pairs in order; a key without a value has an empty one.</summary>
    /// <param name="text">The list.</param>
    /// <param name="implied">Key of the first part when it has none.</param>
    public static IEnumerable<(string Key, string Value)> Read(string text, string implied)
    {
        var first = true;
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && (text[end] != ',' || (end + 1 < text.Length && text[end + 1] == ',')))
            {
                end += text[end] == ',' ? 2 : 1;
            }

            var part = text[at..end].Replace(",,", ",", StringComparison.Ordinal);
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            yield return equals >= 0 ? (part[..equals], part[(equals + 1)..]) : first ? (implied, part) : (part, string.Empty);
            first = false;
            at = end + 1;
        }
    }
}
