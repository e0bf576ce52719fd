using SriovPulse.Benchmarks.Floor;

// The floor: bare reads, bare writes. --keep-open keeps a descriptor per counter; otherwise one per PF and an open for each read.
var arguments = Arguments.Parse(args);
var files = new CounterFiles(arguments.Root, arguments.Rest.Contains("--keep-open"));
RawServer.Run(arguments.Port, () => (files.Exposition, files.Collect()));
