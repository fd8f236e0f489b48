using H2H.Throttle.Benchmarks;

DecisionBenchmark.Run();
ZonesBenchmark.Run();
