using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Collection;
using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Configuration;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Tests.Exposition;
using SriovPulse.Testing.Ethtool;
using SriovPulse.Testing.Netlink;
using SriovPulse.Testing.Trees;

namespace SriovPulse.Agent.Tests.WholeAgent;

/// <summary>
/// The whole agent over a host of files and a scripted kernel. Time stands still unless the test moves it, and nothing is sampled unless it asks, so
/// what comes out is always the same.
/// </summary>
internal sealed class ScriptedHost : IDisposable
{
    private readonly ProgramMetrics _program = new();
    private AgentParts? _parts;
    private CollectionRunner? _runner;
    private int _lastIfIndex = 100;

    public ScriptedHost() => Options = new AgentOptions
    {
        RootPath = Tree.Root,
        Once = true,
        Collection = CollectionOptions.Default with { MaxAge = TimeSpan.Zero },
        Sampler = new SamplerOptions { MinInterval = TimeSpan.FromMilliseconds(250) },
        Collectors = CollectorRegistry.All.Select(c => c.Name).ToHashSet(),
    };

    public HostTree Tree { get; } = new();

    public ScriptedLinks Links { get; } = new();

    public ScriptedDrivers Drivers { get; } = new();

    public ScriptedGenericNetlink GenericNetlink { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public RecordingLogging Log { get; } = new();

    public AgentOptions Options { get; set; }

    public AgentParts Parts
    {
        get
        {
            Start();
            return _parts!;
        }
    }

    public CollectionRunner Runner
    {
        get
        {
            Start();
            return _runner!;
        }
    }

    /// <summary>Adds a PF with a netdev and VFs, and the kernel's answers about it.</summary>
    public ScriptedPf AddPf(string address, string netdev, string driver, int vfs, Func<int, VfReply>? told = null, int offset = 16, int stride = 1)
    {
        var tree = Tree.AddPf(address, totalVfs: 64, vfs, offset, stride).SetDriver(driver);
        var device = tree.AddNetdev(netdev);
        var link = Links.Add(new LinkReply
        {
            IfIndex = ++_lastIfIndex,
            Name = netdev,
            NumVfs = vfs,
            ParentDevice = address,
            Vf = told ?? (static vf => new VfReply { Mac = LinkReply.VfAddress(vf) }),
        });
        Drivers[netdev].Driver = driver;
        return new ScriptedPf(tree, device, link, Drivers[netdev]);
    }

    /// <summary>Collects once, a second after the last time.</summary>
    public async Task<ExpositionDocument> CollectAsync() => ExpositionDocument.Parse(await RenderAsync(ExpositionFormat.PrometheusText), false);

    /// <summary>Collects once, a second after the last time, and gives the exposition's text.</summary>
    public async Task<string> RenderAsync(ExpositionFormat format) => (await RenderAsync([format], TimeSpan.FromMinutes(1)))[0];

    /// <summary>Collects once, a second after the last time, and gives one snapshot's text in several formats.</summary>
    public async Task<string[]> RenderAsync(ExpositionFormat[] formats, TimeSpan patience)
    {
        Start();
        Time.Advance(TimeSpan.FromSeconds(1));
        var snapshot = await _runner!.GetAsync(patience, TestContext.Current.CancellationToken);
        try
        {
            var renderer = new ExpositionRenderer(_program, new BuildInfo("0.0.0", "0000000", "10.0.0", "x64"), Time, writeCreated: true);
            var texts = new string[formats.Length];
            for (var i = 0; i < texts.Length; i++)
            {
                var body = await renderer.RenderAsync(snapshot, formats[i], TestContext.Current.CancellationToken);
                texts[i] = body.Text();
                body.Release();
            }

            return texts;
        }
        finally
        {
            snapshot.Release();
        }
    }

    /// <summary>Takes a sample a quarter of a second after the last one.</summary>
    public TimeSpan Sample()
    {
        Time.Advance(TimeSpan.FromMilliseconds(250));
        return Parts.Sampler.SampleOnce(Runner.Inventory);
    }

    public void Dispose()
    {
        _parts?.Dispose();
        _program.Dispose();
        Tree.Dispose();
    }

    private void Start()
    {
        if (_runner is null)
        {
            var kernel = new KernelInterfaces(
                Links.Open, Drivers.Open, GenericNetlink.OpenEthtool, GenericNetlink.OpenDevlink, static (_, _) => new CancellationTokenSource());
            _parts = new AgentParts(Options, Time, Log, kernel);
            _runner = _parts.Start();
        }
    }
}
