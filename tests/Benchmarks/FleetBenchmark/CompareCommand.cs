using System.Diagnostics;
using System.Globalization;
using SriovPulse.Benchmarks.Store;
using SriovPulse.Differential;
using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Querying.Remote;
using SriovPulse.PromQL;
using SriovPulse.PromQL.Evaluation;
using static SriovPulse.Benchmarks.Fleets.Text;

namespace SriovPulse.Benchmarks.Fleets;

/// <summary>The same data and expressions in the engine and in a Prometheus: the same answers, and how long each takes.</summary>
internal static class CompareCommand
{
    private const int Scrapes = 12;

    public static async Task<int> RunAsync(int hosts, int vfs, int rounds, string prometheus, string promtool, string scratchRoot)
    {
        var scratch = Directory.CreateDirectory(Path.Combine(scratchRoot, $"fleet-benchmark-{Environment.ProcessId}")).FullName;
        try
        {
            var time = new SteppedTime();
            var scrapes = new FleetScrapes(new Fleet(hosts, vfs), time);
            for (var i = 0; i < Scrapes; i++)
            {
                scrapes.Cycle();
                scrapes.Record();
            }

            var file = Path.Combine(scratch, "fleet.om");
            var samples = OpenMetricsFile.Write(file, scrapes.Store);
            Say($"{samples} samples in {Mega(new FileInfo(file).Length)} MB for Prometheus; {scrapes.Store.SeriesCount} series in the store");
            using var server = await PrometheusServer.StartAsync(prometheus, promtool, file, scratch);
            File.Delete(file);
            return await CompareAsync(scrapes, time, server, rounds);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<int> CompareAsync(FleetScrapes scrapes, TimeProvider time, PrometheusServer server, int rounds)
    {
        using var ours = new StoreQueries(scrapes.Store);
        using var theirs = new RemoteQueries(new RemoteOptions { Url = server.Url, Timeout = TimeSpan.FromMinutes(2) }, TimeProvider.System, new Random(1));
        var build = await theirs.BuildInformationAsync(CancellationToken.None);
        Say($"against Prometheus {build.Version}");
        var expressions = Policies.All.Select(static policy => PromQLExpression.Parse(policy.Expression)).ToArray();
        var disagreements = 0;
        var counts = new int[expressions.Length];
        for (var i = 0; i < expressions.Length; i++)
        {
            var here = (await ours.InstantAsync(expressions[i], scrapes.Now, default, CancellationToken.None)).Value;
            var there = (await theirs.InstantAsync(expressions[i], scrapes.Now, default, CancellationToken.None)).Value;
            counts[i] = ((VectorValue)here).Samples.Count;
            if (ValueComparison.Difference(here, there, expressions[i].Text.Contains("topk", StringComparison.Ordinal)) is { } difference)
            {
                disagreements++;
                Say($"DISAGREEMENT: {Policies.All[i].Name}: {difference}");
            }
        }

        Say($"{expressions.Length - disagreements} of {expressions.Length} answers are the same to 1e-6");
        await using var api = await LoopbackApi.StartAsync(ours, time);
        var timings = expressions.Select(static _ => new Timings()).ToArray();
        using var http = new HttpClient();
        // The first rounds warm both sides: caches there, the tiered compiler here.
        for (var round = -3; round < rounds; round++)
        {
            for (var i = 0; i < expressions.Length; i++)
            {
                await MeasureAsync(round < 0 ? new Timings() : timings[i], round, expressions[i], scrapes, server, api, http);
            }
        }

        Report(counts, timings);
        Say($"RSS: Prometheus {Mega(server.WorkingSet)} MB with the series of the expressions, this process {Mega(Environment.WorkingSet)} MB with all series and the generator");
        return disagreements == 0 ? 0 : 1;
    }

    private static async Task MeasureAsync(
        Timings timings, int round, PromQLExpression expression, FleetScrapes scrapes, PrometheusServer server, LoopbackApi api, HttpClient http)
    {
        // Who goes first changes, so that neither has always the other's garbage on the machine.
        if (round % 2 == 0)
        {
            await AskOursAsync(timings, expression, scrapes, api, http);
        }

        var cpu = server.CpuSeconds;
        timings.Prometheus.Add(await AskAsync(http, server.Url, expression, scrapes.Now));
        timings.PrometheusCpu += (server.CpuSeconds - cpu) * 1000;
        if (round % 2 != 0)
        {
            await AskOursAsync(timings, expression, scrapes, api, http);
        }
    }

    private static async Task AskOursAsync(Timings timings, PromQLExpression expression, FleetScrapes scrapes, LoopbackApi api, HttpClient http)
    {
        var cpu = new CpuTime();
        timings.Api.Add(await AskAsync(http, api.Url, expression, scrapes.Now));
        timings.ApiCpu += cpu.Seconds * 1000;
        var began = Stopwatch.GetTimestamp();
        scrapes.Engine.Instant(expression, scrapes.Now);
        timings.Engine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private static async Task<double> AskAsync(HttpClient http, Uri url, PromQLExpression expression, long at)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("query", expression.Text), new("time", (at / 1000m).ToString(CultureInfo.InvariantCulture)),
        ]);
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsync(new Uri(url, "/api/v1/query"), form);
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static void Report(int[] counts, Timings[] timings)
    {
        Say($"");
        Say($"| expression | results | Prometheus ms | API ms | ratio | engine ms | Prometheus CPU ms | API CPU ms |");
        Say($"|---|---|---|---|---|---|---|---|");
        for (var i = 0; i < timings.Length; i++)
        {
            var (theirs, ours) = (Median(timings[i].Prometheus), Median(timings[i].Api));
            var rounds = timings[i].Api.Count;
            Say($"| {Policies.All[i].Name} | {counts[i]} | {theirs:F1} | {ours:F1} | {ours / theirs:F2} | {Median(timings[i].Engine):F1} | {timings[i].PrometheusCpu / rounds:F0} | {timings[i].ApiCpu / rounds:F0} |");
        }

        var (allTheirs, allOurs) = (timings.Sum(static each => Median(each.Prometheus)), timings.Sum(static each => Median(each.Api)));
        Say($"| all | | {allTheirs:F0} | {allOurs:F0} | {allOurs / allTheirs:F2} | {timings.Sum(static each => Median(each.Engine)):F0} | {timings.Sum(static each => each.PrometheusCpu / each.Api.Count):F0} | {timings.Sum(static each => each.ApiCpu / each.Api.Count):F0} |");
    }
}
