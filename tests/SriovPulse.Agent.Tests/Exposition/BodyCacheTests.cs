using Microsoft.Extensions.Time.Testing;
using SriovPulse.Agent.Exposition;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Tests.Exposition;

public sealed class BodyCacheTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ProgramMetrics _program = new();
    private readonly BodyCache _cache;

    public BodyCacheTests() => _cache = new(new ExpositionRenderer(_program, BuildInfo.Current, _time, false), _program, _time);

    public void Dispose()
    {
        _cache.Dispose();
        _program.Dispose();
    }

    [Fact]
    public async Task Body_is_shared_while_it_is_young()
    {
        var snapshot = Snapshot(1);
        var first = await GetAsync(snapshot);
        _time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Same(first, await GetAsync(snapshot));
    }

    [Fact]
    public async Task Body_is_rendered_anew_when_its_age_would_no_longer_be_true()
    {
        var snapshot = Snapshot(1);
        var first = await GetAsync(snapshot);
        _time.Advance(TimeSpan.FromMilliseconds(251));
        var second = await GetAsync(snapshot);

        Assert.NotSame(first, second);
        Assert.Contains("sriovpulse_agent_snapshot_age_seconds 0.251\n", second.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Newer_snapshot_is_rendered_at_once_and_serves_those_who_come_with_an_older_one()
    {
        var older = Snapshot(1);
        var first = await GetAsync(older);
        var second = await GetAsync(Snapshot(2));

        Assert.NotSame(first, second);
        Assert.Same(second, await GetAsync(older));
    }

    [Fact]
    public async Task Compressed_body_is_that_of_the_plain_one_and_shared_too()
    {
        var snapshot = Snapshot(1);
        var plain = await GetAsync(snapshot);
        var gzip = await GetAsync(snapshot, encoding: BodyEncoding.Gzip);

        Assert.Equal(plain.Text(), Bodies.Unzip(gzip.Bytes()));
        Assert.Same(gzip, await GetAsync(snapshot, encoding: BodyEncoding.Gzip));
        Assert.Same(plain, await GetAsync(snapshot));
    }

    [Fact]
    public async Task Formats_have_bodies_of_their_own()
    {
        var snapshot = Snapshot(1);

        Assert.NotSame(await GetAsync(snapshot), await GetAsync(snapshot, ExpositionFormat.OpenMetrics));
    }

    [Fact]
    public async Task Two_hundred_at_once_render_once()
    {
        var snapshot = Snapshot(1);

        var bodies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => GetAsync(snapshot))));

        Assert.Single(bodies.Distinct());
        var rendered = ExpositionDocument.Parse((await GetAsync(Snapshot(2))).Text(), isOpenMetrics: false);
        Assert.Equal("2", rendered.Values["sriovpulse_agent_renders_total{format=\"text\"}"]);
    }

    [Fact]
    public async Task Bodies_that_readers_still_hold_are_bounded_and_the_oldest_are_revoked()
    {
        var held = new List<ExpositionBody>();
        for (var id = 1; id <= BodyCache.MaxLingering + 3; id++)
        {
            held.Add(await GetAsync(Snapshot(id)));
        }

        // The newest is current, four linger, the two oldest had to go.
        Assert.Equal([true, true, false, false, false, false, false], held.Select(body => body.Revoked.IsCancellationRequested));
        Assert.All(held, body => Assert.True(body.IsHeld));
    }

    [Fact]
    public async Task Body_that_nobody_holds_is_given_back_and_nobody_is_revoked_for_it()
    {
        var quick = new List<ExpositionBody>();
        for (var id = 1; id <= 20; id++)
        {
            var body = await GetAsync(Snapshot(id));
            body.Release();
            quick.Add(body);
        }

        Assert.All(quick[..^1], body => Assert.False(body.IsHeld));
        Assert.All(quick, body => Assert.False(body.Revoked.IsCancellationRequested));
    }

    [Fact]
    public async Task Released_body_has_no_memory_any_more()
    {
        var body = await GetAsync(Snapshot(1));
        await GetAsync(Snapshot(2));
        Assert.NotEmpty(body.Segments);

        body.Release();

        Assert.Empty(body.Segments);
    }

    private Snapshot Snapshot(long id) => Bodies.Snapshot(_time, id, new SampleMetrics().Fill());

    private async Task<ExpositionBody> GetAsync(Snapshot snapshot, ExpositionFormat format = ExpositionFormat.PrometheusText, BodyEncoding encoding = BodyEncoding.Identity) =>
        await _cache.GetAsync(snapshot, format, encoding, CancellationToken.None);
}
