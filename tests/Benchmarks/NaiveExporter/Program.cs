using Prometheus;
using SriovPulse.Benchmarks.Floor;
using SriovPulse.Benchmarks.Naive;

// Variant "a": prometheus-net from end to end, with its own server, and File.ReadAllText per value.
var arguments = Arguments.Parse(args);
var registry = Metrics.NewCustomRegistry();
var vfs = new VfCounterMetrics(arguments.Root, registry);
registry.AddBeforeCollectCallback(vfs.Update);
using var server = new MetricServer("127.0.0.1", arguments.Port, registry: registry);
server.Start();
Thread.Sleep(Timeout.Infinite);
