namespace SriovPulse.Linux.Rtnetlink;

/// <summary>Fills a list of links again from its start.</summary>
internal readonly ref struct LinkTable(List<LinkReading> links, ref int count)
{
    private readonly ref int _count = ref count;

    /// <summary>The entry to fill next.</summary>
    public LinkReading Next()
    {
        if (_count == links.Count)
        {
            links.Add(new LinkReading());
        }

        return links[_count++];
    }

    /// <summary>Forgets what has been filled.</summary>
    public void Restart() => _count = 0;
}
