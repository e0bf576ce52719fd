using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SriovPulse.Differential;
using SriovPulse.Metrics.Importing;
using SriovPulse.Metrics.Querying;
using SriovPulse.Metrics.Querying.Remote;
using SriovPulse.Metrics.Store;

// data FILE SEED: writes a fleet's history.
// compare FILE SEED URL COUNT: asks the engine, with that history, and a Prometheus that has it too the same questions. Writes TAP.
switch (args)
{
    case ["data", var file, var seed]:
        await File.WriteAllTextAsync(file, new FleetHistory(Number(seed)).ToOpenMetrics());
        return 0;
    case ["compare", var file, var seed, var url, var count]:
        return await CompareAsync(file, Number(seed), new Uri(url), Number(count));
    default:
        await Console.Error.WriteLineAsync("usage: data FILE SEED | compare FILE SEED URL COUNT");
        return 2;
}

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

static async Task<int> CompareAsync(string file, int seed, Uri url, int count)
{
    using var store = new SeriesStore(
        new SeriesStoreOptions { Window = Timeout.InfiniteTimeSpan }, TimeProvider.System, NullLogger<SeriesStore>.Instance);
    await OpenMetricsImport.ImportAsync(file, store, CancellationToken.None);
    using var ours = new StoreQueries(store);
    using var theirs = new RemoteQueries(new RemoteOptions { Url = url }, TimeProvider.System, new Random(seed));
    using var http = new HttpClient();
    var build = await theirs.BuildInformationAsync(CancellationToken.None);
    await Console.Error.WriteLineAsync($"seed {seed}, against version {build.Version}");
    var isOld = build.Version.StartsWith("2.", StringComparison.Ordinal);
    var comparison = new Comparison(ours, theirs, async query =>
    {
        using var answer = await http.GetAsync(new Uri(url, $"/api/v1/query?query={Uri.EscapeDataString(query)}"));
        return answer.StatusCode == HttpStatusCode.BadRequest;
    });
    foreach (var question in new QuestionGenerator(seed, isOld).Generate(count))
    {
        await comparison.AskAsync(question);
    }

    await comparison.AskAboutSeriesAsync();
    comparison.Report(Console.Out);
    return comparison.Disagreements.Count == 0 ? 0 : 1;
}
