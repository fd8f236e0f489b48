using System.Collections.Immutable;
using H2H.Throttle.Adversity.Defects;
using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Engine.Journals;

namespace H2H.Throttle.Adversity.Simulation;

/// <summary>
/// One history, made by one seed: clients, servers and a store that nobody can rely on, and what was recorded.
/// </summary>
internal sealed record SimulatedHistory(
    int Seed, History History, ImmutableArray<JournalEntry> Journal, int Faults, int Kills, int Jumps)
{
    private const int Clients = 5;
    private const int CallsEach = 9;
    private const int Sufferings = 12;
    private static readonly ImmutableArray<string> People = ["ada", "ben"];

    /// <summary>Lives through the history of a seed. The same seed gives the same history, word for word.</summary>
    public static Task<SimulatedHistory> MakeAsync(int seed, Defect? defect = null) =>
        Task.Run(() => LiveAsync(new SimulatedWorld(seed, defect), seed));

    /// <summary>What is wrong with it, in words; empty: nothing.</summary>
    public ImmutableArray<string> Flaws() => [.. History.Flaws(), .. JournalFlaws()];

    private static async Task<SimulatedHistory> LiveAsync(SimulatedWorld world, int seed)
    {
        await world.StartAsync();
        CallMix mix = new(world.Schedule.Below, People);
        List<Task> lives = [world.SufferAsync(Sufferings)];
        for (int number = 0; number < Clients; number++)
        {
            lives.Add(new SimulatedClient(world, mix).AskAsync(CallsEach));
        }

        world.Schedule.Run();
        await Task.WhenAll(lives);

        SimulatedServer eye = await world.ObserveAsync();
        foreach (string person in People)
        {
            await eye.LookAsync(new Call(CallKind.List, person, $"end of {person}"));
        }

        IReadOnlyList<JournalEntry> entries =
            await world.Store.Journal.ReadAsync(0, IJournal.ReadMax, CancellationToken.None);
        return new SimulatedHistory(
            seed, new History(world.Recorder.Calls), [.. entries], world.Faults, world.Kills, world.Jumps);
    }

    /// <summary>Every opt-out that was acknowledged is in the journal, once, and the chain holds.</summary>
    private IEnumerable<string> JournalFlaws()
    {
        RecordedCall[] optOuts = [.. History.Calls.Where(static call => call.Call.Kind is CallKind.OptOut)];
        int acknowledged = optOuts.Where(static call => call.Answer is not null)
            .DistinctBy(static call => call.Call.RequestId ?? $"{call.Begun}").Count();
        int asked = optOuts.DistinctBy(static call => call.Call.RequestId ?? $"{call.Begun}").Count();
        int written = Journal.Count(static entry => entry.Fact.Kind == "opt_out");
        if (written < acknowledged || written > asked)
        {
            yield return $"{acknowledged} of {asked} opt-outs were acknowledged, and {written} are in the journal.";
        }

        ReadOnlyMemory<byte> hash = JournalChain.Root;
        foreach (JournalEntry entry in Journal)
        {
            hash = JournalChain.Next(hash, entry.Fact);
            if (!hash.Span.SequenceEqual(entry.Hash.Span))
            {
                yield return $"The chain of the journal breaks at {entry.Position}.";
            }
        }
    }
}
