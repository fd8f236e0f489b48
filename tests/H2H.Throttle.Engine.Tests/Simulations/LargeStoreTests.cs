using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Simulations;
using H2H.Throttle.Sqlite;
using H2H.Throttle.Testing;
using NodaTime;
using static H2H.Throttle.Engine.Tests.Simulations.Pasts;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Simulations;

/// <summary>A store with many people, ten contacts each.</summary>
/// <remarks>
/// <c>H2H_LARGE_STORE_PEOPLE</c> says how many, otherwise few enough for every day; <c>H2H_LARGE_STORE_PATH</c> where
/// the store is made and left.
/// </remarks>
public sealed class LargeStoreTests(ITestOutputHelper output)
{
    private const int PeopleDefault = 20_000;
    private const int SavesAtOnce = 2048;
    private const long GrowthMax = 4 * 1024 * 1024;

    private const string Candidate = """
        policy: candidate
        zone: UTC
        channels: [email, sms]
        purposes: { marketing: {} }
        rules:
          - { name: two, cap: 2, in: rolling 24h }
          - { name: weekly, cap: 6, in: calendar week }
          - { name: pause, gap: rolling 3h }
        """;

    private static int People => int.Parse(
        Environment.GetEnvironmentVariable("H2H_LARGE_STORE_PEOPLE")
            ?? PeopleDefault.ToString(CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_simulation_needs_no_more_memory_for_more_people()
    {
        using TemporaryFolder folder = new();
        string path = Environment.GetEnvironmentVariable("H2H_LARGE_STORE_PATH") ?? folder.File("large.db");
        await using SqliteStore store = SqliteStore.Open(
            new SqliteOptions { Path = path, CacheBytesMax = 0 }, TimeProvider.System);
        await FillAsync(store.Records, People);
        WeighedPast past = new(new StoredPast(store.Records), People);
        PolicySimulation simulation = new(
            new SimulationPlan(Policy(Candidate)) { Baseline = Policy(ThreeAndNoMore) }, "the trial's", Unbounded);
        long started = TimeProvider.System.GetTimestamp();

        SimulationReport report = await simulation.RunAsync(
            PastPeople.ReadAsync(past, Cancellation), Cancellation);

        TimeSpan took = TimeProvider.System.GetElapsedTime(started);
        output.WriteLine($"{report.People} people, {report.Contacts} contacts, {report.Refused} refused: {took}");
        output.WriteLine(string.Join(", ", past.Weights.Select(static weight => $"{weight / 1024} KiB")));
        Assert.Equal((People, 10L * People), (report.People, report.Contacts));
        Assert.InRange(report.Refused, 1, report.Contacts - 1);
        Assert.True(
            past.Weights[^1] - past.Weights[0] < GrowthMax,
            $"The heap grew from {past.Weights[0]} to {past.Weights[^1]} bytes.");
    }

    private static async Task FillAsync(IRecordStore records, int people)
    {
        ImmutableArray<byte[]> kinds = [.. Enumerable.Range(0, 50).Select(RecordOf)];
        foreach (int[] chunk in Enumerable.Range(0, people).Chunk(SavesAtOnce))
        {
            await Task.WhenAll(chunk.Select(i => records.TrySaveAsync(
                new RecordKey("person", KeySpace.KeyOf($"person {i}")[..22]),
                RecordVersion.Absent,
                kinds[i % kinds.Length],
                null,
                Cancellation).AsTask()));
        }
    }

    private static byte[] RecordOf(int seed)
    {
        Random dice = new(seed);
        return PersonCodec.Write(PersonRecord.Unknown with
        {
            Person = Person.Unknown with
            {
                Country = "IT",
                Ledger = Ledger.Of(Enumerable.Range(0, 10).Select(i => Contact(dice, i))),
            },
        });
    }

    private static LedgerContact Contact(Random dice, int place)
    {
        Instant at = Start + Duration.FromMinutes(dice.Next(0, 20 * 24 * 60)) + Duration.FromTicks(place);
        return new LedgerContact(
            new ContactNumber(at.ToUnixTimeTicks()),
            at,
            new(dice.Next(2) == 0 ? "email" : "sms", "marketing") { Brand = $"brand {dice.Next(5)}" },
            1,
            ContactState.Made,
            at,
            dice.Next(2) == 0 ? "delivered" : null,
            at);
    }

    /// <summary>Weighs the heap at the tenth part, in the middle and at the end of the people.</summary>
    private sealed class WeighedPast(IPastSource past, int people) : IPastSource
    {
        public List<long> Weights { get; } = [];

        public async IAsyncEnumerable<KeptRecord> ListAsync(
            string kind, [EnumeratorCancellation] CancellationToken cancellation)
        {
            int read = 0;
            await foreach (KeptRecord kept in past.ListAsync(kind, cancellation))
            {
                read++;
                if (read == people / 10 || read == people / 2 || read == people)
                {
                    Weights.Add(GC.GetTotalMemory(forceFullCollection: true));
                }

                yield return kept;
            }
        }
    }
}
