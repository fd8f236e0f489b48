using H2H.Throttle.Benchmarks;
using H2H.Throttle.Benchmarks.Loads;

// Without arguments: a decision, and what not knowing a zone costs.
// With `streams`: streams against calls; the rest is for the server.
if (args is ["streams", .. string[] settings])
{
    await LoadBenchmark.RunAsync(settings);
}
else
{
    DecisionBenchmark.Run();
    ZonesBenchmark.Run();
}
