using Microsoft.Extensions.Logging.Abstractions;
using SriovPulse.Agent.Collection;
using SriovPulse.Agent.Collectors;
using SriovPulse.Agent.Inventory;
using SriovPulse.Agent.Metrics;
using SriovPulse.Agent.Snapshots;

namespace SriovPulse.Agent.Tests.Collection;

public sealed class CollectionRunnerTests
{
    private static readonly TimeSpan s_patient = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Two_hundred_callers_share_one_collection()
    {
        using var gate = new ManualResetEventSlim();
        var collector = new FakeCollector("slow", (self, samples) =>
        {
            gate.Wait();
            samples.Add(self.Own.Value, LabelSet.Empty, (ulong)self.Runs);
        });
        using var runner = Runner(collector);

        var callers = Enumerable.Range(0, 200).Select(_ => runner.GetAsync(s_patient, default).AsTask()).ToList();
        gate.Set();
        var snapshots = await Task.WhenAll(callers);

        Assert.Equal(1, collector.Runs);
        Assert.Single(snapshots.Distinct());
        Assert.Equal(1UL, Value(snapshots[0], collector));
    }

    [Fact]
    public async Task Fresh_snapshot_is_given_out_again_and_an_old_one_is_not()
    {
        var collector = new FakeCollector("quick", (self, samples) => samples.Add(self.Own.Value, LabelSet.Empty, (ulong)self.Runs));
        using var runner = Runner(new CollectionOptions(TimeSpan.FromHours(1), s_patient), collector);
        using var eager = Runner(new CollectionOptions(TimeSpan.Zero, s_patient), collector);

        Assert.Same(await runner.GetAsync(s_patient, default), await runner.GetAsync(s_patient, default));
        Assert.Equal(1, collector.Runs);

        await eager.GetAsync(s_patient, default);
        await eager.GetAsync(s_patient, default);
        Assert.Equal(3, collector.Runs);
    }

    [Fact]
    public async Task Failing_collector_spoils_neither_the_others_nor_itself_for_later()
    {
        var fail = true;
        var bad = new FakeCollector("bad", (self, samples) =>
        {
            samples.Add(self.Own.Value, LabelSet.Empty, 1UL);
            if (Volatile.Read(ref fail))
            {
                throw new InvalidOperationException("broken");
            }
        });
        var good = new FakeCollector("good", (self, samples) => samples.Add(self.Own.Value, LabelSet.Empty, 2UL));
        using var runner = Runner(bad, good);

        var first = await runner.GetAsync(s_patient, default);
        Assert.Null(Value(first, bad));
        Assert.Equal(2UL, Value(first, good));
        Assert.Equal(0UL, Success(first, "bad"));
        Assert.Equal(1UL, Success(first, "good"));
        first.Release();

        Volatile.Write(ref fail, false);
        var second = await runner.GetAsync(s_patient, default);
        Assert.Equal(1UL, Value(second, bad));
        Assert.Equal(1UL, Success(second, "bad"));
    }

    [Fact]
    public async Task Hanging_collector_is_left_out_and_not_waited_for_again_until_it_returns()
    {
        using var gate = new ManualResetEventSlim();
        var hanging = new FakeCollector("hanging", (self, samples) =>
        {
            gate.Wait();
            samples.Add(self.Own.Value, LabelSet.Empty, (ulong)self.Runs);
        });
        var good = new FakeCollector("good", (self, samples) => samples.Add(self.Own.Value, LabelSet.Empty, (ulong)self.Runs));
        using var runner = Runner(new CollectionOptions(TimeSpan.Zero, TimeSpan.FromMilliseconds(300)), hanging, good);

        var first = await runner.GetAsync(s_patient, default);
        Assert.Equal(0UL, Success(first, "hanging"));
        Assert.Equal(1UL, Value(first, good));
        first.Release();

        var second = await runner.GetAsync(s_patient, default);
        Assert.Equal(1, hanging.Runs);
        Assert.Equal(0UL, Success(second, "hanging"));
        Assert.Equal(2UL, Value(second, good));
        second.Release();

        gate.Set();
        var recovered = await Eventually(runner, s => Success(s, "hanging") == 1);
        Assert.NotNull(Value(recovered, hanging));
    }

    [Fact]
    public async Task Caller_whose_patience_ends_gets_what_there_is()
    {
        using var gate = new ManualResetEventSlim();
        var hanging = new FakeCollector("hanging", (_, _) => gate.Wait());
        var good = new FakeCollector("good", (self, samples) => samples.Add(self.Own.Value, LabelSet.Empty, 5UL));
        using var runner = Runner(new CollectionOptions(TimeSpan.Zero, TimeSpan.FromHours(1)), hanging, good);

        var snapshot = await runner.GetAsync(TimeSpan.FromMilliseconds(500), default);

        Assert.Equal(5UL, Value(snapshot, good));
        Assert.Equal(0UL, Success(snapshot, "hanging"));
        gate.Set();
    }

    [Fact]
    public async Task Caller_who_leaves_does_not_stop_the_collection_of_the_others()
    {
        using var gate = new ManualResetEventSlim();
        var collector = new FakeCollector("slow", (self, samples) =>
        {
            gate.Wait();
            samples.Add(self.Own.Value, LabelSet.Empty, 1UL);
        });
        using var runner = Runner(collector);
        using var leaving = new CancellationTokenSource();

        var left = runner.GetAsync(s_patient, leaving.Token).AsTask();
        var stays = runner.GetAsync(s_patient, default).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        gate.Set();

        Assert.Equal(1UL, Value(await stays, collector));
        Assert.Equal(1, collector.Runs);
    }

    [Fact]
    public async Task Inventory_that_cannot_be_read_leaves_the_last_one_in_force()
    {
        var inventory = new FakeInventory();
        HostInventory? seen = null;
        var collector = new ContextCollector(context => seen = context.Inventory);
        using var runner = new CollectionRunner(inventory, [collector], new(TimeSpan.Zero, s_patient), TimeProvider.System, NullLogger.Instance);

        (await runner.GetAsync(s_patient, default)).Release();
        Assert.Same(inventory.Known, seen);
        inventory.Fails = true;
        var second = await runner.GetAsync(s_patient, default);

        Assert.Same(inventory.Known, seen);
        Assert.Equal(0UL, Success(second, "inventory"));
    }

    [Fact]
    public async Task Buffers_are_not_reused_while_a_snapshot_is_held()
    {
        var collector = new FakeCollector("counting", (self, samples) => samples.Add(self.Own.Value, LabelSet.Empty, (ulong)self.Runs));
        using var runner = Runner(collector);

        var held = await runner.GetAsync(s_patient, default);
        for (var i = 0; i < 10; i++)
        {
            (await runner.GetAsync(s_patient, default)).Release();
        }

        Assert.Equal(1UL, Value(held, collector));
        held.Release();
        Assert.False(held.TryAcquire());
    }

    private static CollectionRunner Runner(params ICollector[] collectors) => Runner(new CollectionOptions(TimeSpan.Zero, s_patient), collectors);

    private static CollectionRunner Runner(CollectionOptions options, params ICollector[] collectors) =>
        new(new FakeInventory(), collectors, options, TimeProvider.System, NullLogger.Instance);

    private static async Task<Snapshot> Eventually(CollectionRunner runner, Func<Snapshot, bool> condition)
    {
        for (var i = 0; i < 1000; i++)
        {
            var snapshot = await runner.GetAsync(s_patient, default);
            if (condition(snapshot))
            {
                return snapshot;
            }

            snapshot.Release();
            await Task.Delay(10);
        }

        throw new InvalidOperationException("the condition was not met in a thousand collections");
    }

    private static ulong? Value(Snapshot snapshot, FakeCollector collector)
    {
        foreach (var section in snapshot.Sections)
        {
            if (ReferenceEquals(section.Samples.Metrics, collector.Metrics))
            {
                return section.Samples.Samples(collector.Own.Value)[0].Whole;
            }
        }

        return null;
    }

    private static ulong Success(Snapshot snapshot, string collector)
    {
        var own = snapshot.Sections.Single(s => s.Collector == "collection").Samples;
        var family = own.Metrics.Families.Single(f => f.Name == "sriovpulse_agent_collector_success");
        foreach (var sample in own.Samples(family))
        {
            if (sample.Labels.Pairs[0].Value == collector)
            {
                return sample.Whole;
            }
        }

        throw new InvalidOperationException($"no success told for {collector}");
    }

    private sealed class FakeInventory : IInventorySource
    {
        public HostInventory Known { get; } = new(1, [], 0);

        public bool Fails { get; set; }

        public HostInventory Read() => Fails ? throw new IOException("no such bus") : Known;
    }

    private sealed class ContextCollector(Action<CollectionContext> see) : ICollector
    {
        public string Name => "context";

        public MetricSet Metrics { get; } = new FakeCollector.FakeMetrics("context");

        public CollectOutcome Collect(CollectionContext context, SampleBuffer samples)
        {
            see(context);
            return CollectOutcome.NoData;
        }
    }
}
