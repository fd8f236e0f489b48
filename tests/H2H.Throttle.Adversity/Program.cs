using System.Diagnostics;
using H2H.Throttle.Adversity.Reports;
using H2H.Throttle.Adversity.Trials;

// adversity [short|long] [WORD…]: runs the trials, or those whose names contain a word, prints what held, and renews
// the row of each in the file that H2H_ADVERSITY_TABLE names, as soon as it is over. Ends with 1 if anything did not
// hold.
Scale scale = args is ["short", ..] ? Scale.Short : Scale.Long;
string[] words = [.. args.Skip(args is ["short" or "long", ..] ? 1 : 0)];
Table table = new(AllTrials.List);
foreach (ITrial trial in AllTrials.List.Where(
    trial => words.Length == 0 || words.Any(word => trial.Name.Contains(word, StringComparison.OrdinalIgnoreCase))))
{
    long started = Stopwatch.GetTimestamp();
    TrialResult result = await TrialResult.OfAsync(trial, scale, CancellationToken.None);
    table.Add(trial, result);
    await Console.Out.WriteLineAsync(Table.Line(trial, result, Stopwatch.GetElapsedTime(started)));
    if (Environment.GetEnvironmentVariable("H2H_ADVERSITY_TABLE") is { Length: > 0 } file)
    {
        string before = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        await File.WriteAllTextAsync(file, table.Renew(before));
    }
}

return table.IsFlawless ? 0 : 1;
