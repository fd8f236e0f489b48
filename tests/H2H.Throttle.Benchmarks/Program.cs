using H2H.Throttle.Benchmarks;
using H2H.Throttle.Benchmarks.Loads;

// Without arguments: a decision. With `streams`: streams against calls; what follows is for the server.
if (args is ["streams", .. string[] settings])
{
    await LoadBenchmark.RunAsync(settings);
}
else
{
    DecisionBenchmark.Run();
}
