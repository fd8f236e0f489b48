using H2H.Throttle.Adversity.Simulation;

for (int seed = 1; seed <= 1000; seed++)
{
    SimulatedHistory history = await SimulatedHistory.MakeAsync(seed);
    foreach (string flaw in history.Flaws())
    {
        await Console.Out.WriteLineAsync($"seed {seed}:\n{flaw}");
        return 1;
    }
}

return 0;
