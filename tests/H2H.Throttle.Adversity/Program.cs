using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Adversity.Simulation;

// Judges so many simulated histories, from seed 1 on; ends with 1 and the seed if one cannot be explained.
int histories = args is [{ } given] ? int.Parse(given, CultureInfo.InvariantCulture) : 1000;
for (int seed = 1; seed <= histories; seed++)
{
    ImmutableArray<string> flaws = (await SimulatedHistory.MakeAsync(seed)).Flaws();
    if (!flaws.IsEmpty)
    {
        await Console.Out.WriteLineAsync($"Seed {seed}:\n{string.Join("\n\n", flaws)}");
        return 1;
    }
}

await Console.Out.WriteLineAsync($"{histories} histories can be explained.");
return 0;
