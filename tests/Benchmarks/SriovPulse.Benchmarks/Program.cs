using SriovPulse.Benchmarks;

return BenchmarkCommand.Create().Parse(args).Invoke();
