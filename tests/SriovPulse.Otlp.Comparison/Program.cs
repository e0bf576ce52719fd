using System.Diagnostics;
using SriovPulse.Otlp.Comparison;

const int WarmUp = 40;
const int Rounds = 200;

SdkBehaviour.Report(Console.Out);
Console.WriteLine($"cost of one export of {Fleet.Vfs * Fleet.CountersPerVf} points, mean of {Rounds}, HTTP/protobuf, no network:");
using (var sink = new Sink())
{
    var retained = GC.GetTotalMemory(forceFullCollection: true);
    using var sdk = new SdkCost(sink);
    Measure("OpenTelemetry SDK", sdk.Export, sink, retained);
}

using (var sink = new Sink())
{
    var retained = GC.GetTotalMemory(forceFullCollection: true);
    using var own = new OwnCost(sink);
    Measure("own encoder", own.Export, sink, retained);
}

static void Measure(string name, Action export, Sink sink, long retained)
{
    for (var i = 0; i < WarmUp; i++)
    {
        export();
    }

    var bytes = sink.Bytes;
    var collections = GC.CollectionCount(0);
    var allocated = GC.GetTotalAllocatedBytes(precise: true);
    using var process = Process.GetCurrentProcess();
    var before = process.TotalProcessorTime;
    for (var i = 0; i < Rounds; i++)
    {
        export();
    }

    process.Refresh();
    var cpu = (process.TotalProcessorTime - before) / Rounds;
    allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
    collections = GC.CollectionCount(0) - collections;
    retained = GC.GetTotalMemory(forceFullCollection: true) - retained;
    Console.WriteLine($"    {name,-18} {cpu.TotalMilliseconds,7:0.00} ms CPU {allocated / Rounds,10:N0} B allocated {collections,4} collections in all");
    Console.WriteLine($"    {string.Empty,-18} {retained,10:N0} B kept, the series themselves included {(sink.Bytes - bytes) / Rounds,10:N0} B sent");
}
