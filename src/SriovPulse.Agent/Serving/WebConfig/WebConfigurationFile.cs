using Microsoft.Extensions.Logging;
using Prometheus;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Exposition;

namespace SriovPulse.Agent.Serving.WebConfig;

/// <summary>
/// The web configuration as it is now. Its files are looked at with each handshake and request, as the exporters do, and read again when one has changed;
/// when they cannot be used, the last good state stays.
/// </summary>
internal sealed class WebConfigurationFile
{
    private readonly string? _path;
    private readonly Gauge? _isCurrent;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileStamp> _stamps = [];
    private volatile LoadedWebConfiguration _good = LoadedWebConfiguration.None;

    /// <param name="path">The file; null for none.</param>
    /// <param name="program">Where it is told whether the file is good.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="ConfigurationException">The file, or one that it names, cannot be used.</exception>
    public WebConfigurationFile(string? path, ProgramMetrics program, ILogger logger)
    {
        _path = path;
        _logger = logger;
        if (path is not null)
        {
            _isCurrent = program.Factory.CreateGauge(
                "sriovpulse_agent_web_config_last_reload_successful", "Whether the web configuration file could be used when it was last read.");
            _good = Read(path);
            _isCurrent.Set(1);
        }
    }

    /// <summary>The configuration, renewed when a file has changed.</summary>
    public LoadedWebConfiguration Current()
    {
        if (_path is null)
        {
            return _good;
        }

        lock (_gate)
        {
            if (_stamps.Any(stamp => FileStamp.Of(stamp.Key) != stamp.Value))
            {
                Renew(_path);
            }

            return _good;
        }
    }

    private void Renew(string path)
    {
        try
        {
            var renewed = Read(path);
            RefuseWhatNeedsRestart(path, renewed);
            _good = renewed;
            _isCurrent!.Set(1);
            ServingLog.WebConfigurationRenewed(_logger, path);
        }
        catch (ConfigurationException e)
        {
            _isCurrent!.Set(0);
            ServingLog.WebConfigurationRefused(_logger, path, e.Message);
        }
    }

    private LoadedWebConfiguration Read(string path)
    {
        // Stamps first: a file that changes while it is read is read again.
        _stamps[path] = FileStamp.Of(path);
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([new(new(path, 0, 0), $"cannot be read: {e.Message}")]);
        }

        var configuration = WebConfigurationReader.Parse(path, text);
        var tls = configuration.Tls;
        var files = new[] { tls?.Certificate.File, tls?.Key.File, tls?.ClientAuthorities?.File }.OfType<string>().ToList();
        foreach (var gone in _stamps.Keys.Except(files).Where(file => file != path).ToList())
        {
            _stamps.Remove(gone);
        }

        foreach (var file in files)
        {
            _stamps[file] = FileStamp.Of(file);
        }

        return LoadedWebConfiguration.Load(configuration);
    }

    private void RefuseWhatNeedsRestart(string path, LoadedWebConfiguration renewed)
    {
        var where = new Origin(path, 0, 0);
        if (_good.Tls is null != renewed.Tls is null)
        {
            throw new ConfigurationException([new(where, "TLS is switched on or off only by a restart of the agent")]);
        }

        if (_good.Configuration.Http2 != renewed.Configuration.Http2)
        {
            throw new ConfigurationException([new(where, "http_server_config.http2 changes only by a restart of the agent")]);
        }
    }
}
