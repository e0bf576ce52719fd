using System.Globalization;
using System.Text;

namespace SriovPulse.Agent.Ownership.Libvirt;

/// <summary>
/// libvirt's status files, kept read. libvirt replaces a file by renaming a new one over it (src/util/virfile.c, virFileRewrite), which changes
/// the folder's time too: so one look at the folder says whether any of them changed.
/// </summary>
internal sealed class LibvirtStatusFiles
{
    // The kernel stamps files with the time of its last tick and a change within the same tick leaves the time as it is; a folder changed that
    // shortly before it was listed is listed again.
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly string _proc;
    private readonly IReadOnlyDictionary<string, string> _orchestrators;
    private readonly TimeProvider _time;
    private Dictionary<string, StatusFile> _files = new(StringComparer.Ordinal);
    private DateTime _changed;
    private bool _listed;

    public LibvirtStatusFiles(string rootfs, OwnershipOptions options, TimeProvider time)
    {
        _folder = Path.GetFullPath(Path.Combine(rootfs, options.LibvirtStatusFolder));
        _proc = Path.GetFullPath(Path.Combine(rootfs, "proc"));
        _orchestrators = options.Orchestrators;
        _time = time;
        State = SourceState.NotPresent(OwnershipSource.Libvirt);
    }

    /// <summary>What running domains claim.</summary>
    public IReadOnlyList<Claim> Claims { get; private set; } = [];

    /// <summary>How reading went.</summary>
    public SourceState State { get; private set; }

    /// <summary>Reads what has changed; true when <see cref="Claims"/> or <see cref="State"/> may have.</summary>
    /// <param name="again">Whether to list the folder and look for ended processes although the folder is unchanged.</param>
    public bool Refresh(bool again)
    {
        var changed = FolderTime();
        if (!again && _listed && changed == _changed)
        {
            return false;
        }

        _listed = HasSettled(changed);
        _changed = changed;
        var (claims, state) = (Claims, State);
        List();
        return state != State || !claims.SequenceEqual(Claims);
    }

    // One stat(2). For a folder that is not there .NET gives the year 1601, and so does this for one that may not be looked into.
    private DateTime FolderTime()
    {
        try
        {
            return Directory.GetLastWriteTimeUtc(_folder);
        }
        catch (UnauthorizedAccessException)
        {
            return DateTime.FromFileTimeUtc(0);
        }
    }

    private bool HasSettled(DateTime changed) => _time.GetUtcNow().UtcDateTime - changed > s_settled;

    private void List()
    {
        var files = new Dictionary<string, StatusFile>(StringComparer.Ordinal);
        try
        {
            foreach (var path in Directory.EnumerateFiles(_folder, "*.xml"))
            {
                var file = _files.GetValueOrDefault(path);
                var info = new FileInfo(path);
                files[path] = file is not null && file.Matches(info) ? file : Read(info);
            }

            State = SourceState.Readable(OwnershipSource.Libvirt);
        }
        catch (DirectoryNotFoundException)
        {
            State = SourceState.NotPresent(OwnershipSource.Libvirt);
        }
        catch (UnauthorizedAccessException)
        {
            State = new(OwnershipSource.Libvirt, SourceAccess.Denied, _folder);
        }
        catch (IOException error)
        {
            State = new(OwnershipSource.Libvirt, SourceAccess.Failed, error.Message);
        }

        _files = files;
        foreach (var (path, file) in files.OrderBy(static file => file.Key, StringComparer.Ordinal))
        {
            if (file.Problem is { } problem)
            {
                State = new(OwnershipSource.Libvirt, problem, file.Detail.Length > 0 ? file.Detail : path);
                break;
            }
        }

        // A file outlives its domain when QEMU ends while no libvirt daemon runs. A process table that hides other users' processes, or that
        // of another process namespace, has no process 1 or no say in this: then the file is believed.
        var tellsTheDead = Directory.Exists(Path.Combine(_proc, "1"));
        Claims =
        [
            .. from file in files
               orderby file.Key
               where file.Value.Domain is { } domain && (domain.Pid == 0 || !tellsTheDead || IsAlive(domain.Pid))
               from claim in file.Value.Claims
               select claim,
        ];
    }

    private bool IsAlive(int pid) => Directory.Exists(Path.Combine(_proc, pid.ToString(CultureInfo.InvariantCulture)));

    private StatusFile Read(FileInfo info)
    {
        var read = new StatusFile(info, HasSettled(info.LastWriteTimeUtc));
        try
        {
            using var text = new StreamReader(info.FullName, Encoding.UTF8);
            var domain = DomainXml.Parse(text, info.FullName, _orchestrators);
            return read with { Domain = domain, Claims = [.. domain.Claims()] };
        }
        catch (DomainXmlException error)
        {
            return read with { Problem = SourceAccess.Malformed, Detail = error.Message };
        }
        catch (UnauthorizedAccessException)
        {
            return read with { Problem = SourceAccess.Denied };
        }
        catch (FileNotFoundException)
        {
            // The domain has ended between listing and reading.
            return read;
        }
        catch (IOException error)
        {
            return read with { Problem = SourceAccess.Failed, Detail = error.Message };
        }
    }

    private sealed record StatusFile(DateTime Changed, long Length, bool Settled)
    {
        public StatusFile(FileInfo info, bool settled)
            : this(info.LastWriteTimeUtc, info.Exists ? info.Length : 0, settled)
        {
        }

        public LibvirtDomain? Domain { get; init; }

        public IReadOnlyList<Claim> Claims { get; init; } = [];

        public SourceAccess? Problem { get; init; }

        public string Detail { get; init; } = string.Empty;

        // What could not be read is tried again: rights change without a change of the file.
        public bool Matches(FileInfo info) =>
            Settled && (Problem is null or SourceAccess.Malformed) && info.Exists && info.LastWriteTimeUtc == Changed && info.Length == Length;
    }
}
