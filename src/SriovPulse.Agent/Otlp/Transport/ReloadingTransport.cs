namespace SriovPulse.Agent.Otlp.Transport;

/// <summary>Makes its transport anew when a certificate file has changed: short-lived certificates are renewed in place.</summary>
internal sealed class ReloadingTransport : IOtlpTransport
{
    private readonly string[] _files;
    private readonly Func<IOtlpTransport> _create;
    private IOtlpTransport _current;
    private DateTime[] _written;

    /// <param name="files">The files to watch.</param>
    /// <param name="create">Reads them and makes a transport.</param>
    public ReloadingTransport(string[] files, Func<IOtlpTransport> create)
    {
        _files = files;
        _create = create;
        _written = Written();
        _current = create();
    }

    public async ValueTask<OtlpOutcome> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        var problem = Reload();
        var outcome = await _current.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return problem is null || outcome.Verdict == OtlpVerdict.Accepted ? outcome : outcome with { Message = $"{outcome.Message}; and {problem}" };
    }

    public void Dispose() => _current.Dispose();

    // A file that is half written is read again at the next request; until then the old certificate serves.
    private string? Reload()
    {
        var written = Written();
        if (written.AsSpan().SequenceEqual(_written))
        {
            return null;
        }

        try
        {
            var replacement = _create();
            _current.Dispose();
            (_current, _written) = (replacement, written);
            return null;
        }
        catch (OtlpConfigurationException e)
        {
            return e.Message;
        }
    }

    // A file that is gone has a date too, of the year 1601.
    private DateTime[] Written() => Array.ConvertAll(_files, File.GetLastWriteTimeUtc);
}
