using System.Threading.Channels;
using SriovPulse.Metrics.Ingest;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.PromQL.Series;

namespace SriovPulse.Metrics.Scraping.Discovery;

/// <summary>Reads target groups from files, again when they change and at the latest after the refresh interval.</summary>
/// <param name="files">Which.</param>
/// <param name="time">The clock.</param>
/// <param name="problem">Told what is wrong with a file. Its last good content stays in force.</param>
internal sealed class FileDiscovery(FileTargets files, TimeProvider time, Action<string> problem)
{
    private const string FilePathLabel = "__meta_filepath";

    private readonly Dictionary<string, (string Content, IReadOnlyList<TargetGroup> Groups)> _read = [];
    private volatile IReadOnlyList<TargetGroup> _groups = [];

    /// <summary>What the files say.</summary>
    public IReadOnlyList<TargetGroup> Groups => _groups;

    /// <summary>Reads the files; true when something changed.</summary>
    public bool Read()
    {
        var paths = files.Patterns.SelectMany(Matching).Distinct().Order(StringComparer.Ordinal).ToList();
        var changed = false;
        foreach (var gone in _read.Keys.Except(paths).ToList())
        {
            changed |= _read.Remove(gone);
        }

        foreach (var path in paths)
        {
            changed |= Read(path);
        }

        _groups = [.. _read.OrderBy(static pair => pair.Key, StringComparer.Ordinal).SelectMany(static pair => pair.Value.Groups)];
        return changed;
    }

    /// <summary>Keeps reading, and tells of changes, until told to stop.</summary>
    public async Task RunAsync(Func<Task> changed, CancellationToken stop)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var watchers = files.Patterns.Select(Path.GetDirectoryName).Distinct().Select(folder => Watch(folder!, wake.Writer)).OfType<FileSystemWatcher>().ToList();
        var refresh = time.CreateTimer(_ => wake.Writer.TryWrite(true), null, files.RefreshInterval, files.RefreshInterval);
        try
        {
            // What happened between the first reading and the watch.
            wake.Writer.TryWrite(true);
            while (true)
            {
                await wake.Reader.ReadAsync(stop).ConfigureAwait(false);
                if (Read())
                {
                    await changed().ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            watchers.ForEach(static watcher => watcher.Dispose());
            await refresh.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool Read(string path)
    {
        string content;
        try
        {
            content = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem($"{path}: {e.Message}");
            return false;
        }

        if (_read.TryGetValue(path, out var before) && before.Content == content)
        {
            return false;
        }

        var problems = new List<ConfigurationProblem>();
        var groups = TargetGroupReader.ReadFile(path, content, problems);
        problems.ForEach(found => problem(found.ToString()));
        if (problems.Count > 0)
        {
            // Remembered all the same: the same mistake is told once.
            _read[path] = (content, before.Groups ?? []);
            return false;
        }

        _read[path] = (content, [.. groups.Select(group => group with { Labels = WithPath(group.Labels, path) })]);
        return true;
    }

    private static Labels WithPath(Labels labels, string path)
    {
        var list = new LabelList();
        list.Add(labels);
        list.Set(FilePathLabel, path);
        return list.ToLabels();
    }

    private IEnumerable<string> Matching(string pattern)
    {
        try
        {
            return Directory.Exists(Path.GetDirectoryName(pattern)) ? Directory.GetFiles(Path.GetDirectoryName(pattern)!, Path.GetFileName(pattern)) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem($"{pattern}: {e.Message}");
            return [];
        }
    }

    /// <summary>A watch on a folder; null when it cannot be watched, which leaves the refresh interval.</summary>
    private FileSystemWatcher? Watch(string folder, ChannelWriter<bool> wake)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder);
            watcher.Changed += (_, _) => wake.TryWrite(true);
            watcher.Created += (_, _) => wake.TryWrite(true);
            watcher.Deleted += (_, _) => wake.TryWrite(true);
            watcher.Renamed += (_, _) => wake.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            problem($"{folder} cannot be watched, its files are read every {PrometheusDuration.Format(files.RefreshInterval)}: {e.Message}");
            return null;
        }
    }
}
