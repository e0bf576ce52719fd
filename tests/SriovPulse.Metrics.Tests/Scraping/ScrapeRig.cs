using System.Collections.Concurrent;
using SriovPulse.Metrics.Scraping;
using SriovPulse.Metrics.Scraping.Configuration;
using SriovPulse.Metrics.Tests.Ingest;

namespace SriovPulse.Metrics.Tests.Scraping;

/// <summary>A scrape service over a scripted target, a clock that stands still, and a list of samples.</summary>
internal sealed class ScrapeRig : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sriovpulse-scrape-").FullName;

    public ScrapeRig(Func<HttpMessageHandler>? handler = null) => Service = new ScrapeService(
        Ingest,
        new ScrapeServiceOptions { TimeProvider = Time, CreateHandler = _ => handler?.Invoke() ?? new Kept(Target), Problem = Problems.Enqueue });

    public SteppedTime Time { get; } = new();

    public ScriptedTarget Target { get; } = new();

    public RecordingIngest Ingest { get; } = new();

    public ConcurrentQueue<string> Problems { get; } = new();

    public ScrapeService Service { get; }

    public TargetStatus Status => Assert.Single(Service.Targets);

    /// <summary>A path in a folder of this rig's own.</summary>
    public string File(string name) => Path.Combine(_folder, name);

    /// <summary>A configuration with one job j: these keys, and one target h:1 unless it names others.</summary>
    public async Task ApplyAsync(string keys = "")
    {
        var targets = keys.Contains("file_sd", StringComparison.Ordinal) || keys.Contains("static", StringComparison.Ordinal) ? string.Empty : ", static_configs: [{targets: ['h:1']}]";
        var yaml = $"global: {{scrape_interval: 15s, scrape_timeout: 5s}}\nscrape_configs: [{{job_name: j{targets}{(keys.Length > 0 ? ", " + keys : string.Empty)}}}]";
        var configuration = ScrapeConfigurationReader.Read(File("c.yml"), yaml, out var problems);
        Assert.Empty(problems);
        await Service.ApplyAsync(configuration!);
    }

    /// <summary>The next scrape of the one target, to its end; its time.</summary>
    public async Task<long> ScrapeAsync()
    {
        var due = new ScrapeSchedule(Status.Target).NextAfter(Time.Milliseconds);
        await Time.GoToAsync(due);
        await Eventually.Async(() => Status.LastScrape?.ToUnixTimeMilliseconds() >= due, $"no scrape at {due}");
        return due;
    }

    /// <summary>Samples recorded at a time, without it, in the order of their labels.</summary>
    public List<string> SamplesAt(long time) =>
    [
        .. Ingest.Samples
            .Where(line => line.EndsWith($" @{time}", StringComparison.Ordinal))
            .Select(static line => line.Split(" @")[0])
            .Order(StringComparer.Ordinal),
    ];

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        Target.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Keeps the scripted target when a job's client is disposed.</summary>
    private sealed class Kept(ScriptedTarget target) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _target = new(target, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _target.SendAsync(request, cancellationToken);
    }
}
