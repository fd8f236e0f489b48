using System.Collections.Concurrent;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Redis.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace H2H.Throttle.Redis.Tests;

/// <summary>Several engines, each with a store and connections of its own, over one Redis.</summary>
public sealed class ManyServersTests(SharedRedis redis)
{
    private const int HangMs = 120_000;
    private const int Engines = 4;
    private const int Asked = 1000;
    private const int Cap = 7;

    private const string Policy = """
        policy: trial
        zone: UTC
        channels: [email]
        purposes:
          marketing: {}
        rules:
          - { name: seven, cap: 7, in: rolling 24h }
        """;

    private const string SharedPolicy = """
        policy: shared
        zone: UTC
        channels: [email]
        purposes:
          marketing: {}
        rules:
          - { name: seven, cap: 7, in: rolling 24h, pool: household }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangMs)]
    public async Task A_thousand_reservations_at_once_on_four_engines_admit_exactly_the_cap()
    {
        RedisOptions options = RedisTrialStore.OptionsFor(redis.Address);
        List<RedisStore> stores = [];
        ConcurrentBag<ReserveResult> results = [];
        for (int number = 0; number < Engines; number++)
        {
            stores.Add(await RedisTrialStore.OpenAsync(options));
        }

        ThrottleEngine[] engines = await Task.WhenAll(stores.Select(OpenAsync));
        await Task.WhenAll(Enumerable.Range(0, Asked).Select(number => Task.Run(async () => results.Add(
            await engines[number % Engines].Throttler.ReserveAsync(
                $"request-{number}", Draft(), null, null, null, Cancellation)))));

        Assert.Equal(Asked, results.Count);
        Assert.Equal(Cap, results.Count(static result => result.Reservation is not null));
        foreach (RedisStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact(Timeout = HangMs)]
    public async Task Ten_people_of_a_household_asked_for_at_once_on_four_engines_get_exactly_the_cap()
    {
        const int people = 10;
        RedisOptions options = RedisTrialStore.OptionsFor(redis.Address);
        List<RedisStore> stores = [];
        for (int number = 0; number < Engines; number++)
        {
            stores.Add(await RedisTrialStore.OpenAsync(options));
        }

        ThrottleEngine[] engines = await Task.WhenAll(stores.Select(static store => OpenAsync(store, SharedPolicy)));
        for (int person = 0; person < people; person++)
        {
            await engines[0].Pools.JoinAsync(null, $"person {person}", "household", "elm 12", null, Cancellation);
        }

        ReserveResult[] results = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Task.Run(async () =>
            await engines[number % Engines].Throttler.ReserveAsync(
                $"request-{number}",
                Draft() with { PersonId = $"person {number % people}" },
                null,
                null,
                null,
                Cancellation))));

        Assert.Equal(Cap, results.Count(static result => result.Reservation is not null));
        KnownPool pool = await engines[1].Pools.GetAsync("household", "elm 12", Cancellation);
        Assert.Equal((people, Cap), (pool.People, pool.Contacts));
        foreach (RedisStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact(Timeout = HangMs)]
    public async Task Requests_repeated_on_other_engines_are_answered_alike_and_counted_once()
    {
        RedisOptions options = RedisTrialStore.OptionsFor(redis.Address);
        await using RedisStore first = await RedisTrialStore.OpenAsync(options);
        await using RedisStore second = await RedisTrialStore.OpenAsync(options);
        ThrottleEngine[] engines = [await OpenAsync(first), await OpenAsync(second)];

        ReserveResult[][] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.WhenAll(
            Enumerable.Range(0, 8).Select(copy => Task.Run(async () =>
                await engines[copy % 2].Throttler.ReserveAsync(
                    $"request-{number}", Draft(), null, null, null, Cancellation))))));

        Assert.All(answers, static same => Assert.Single(
            same.Select(static answer => answer.Reservation?.Id.ToString() ?? "denied").Distinct()));
        Assert.Equal(Cap, answers.Count(static same => same[0].Reservation is not null));
    }

    [Fact(Timeout = HangMs)]
    public async Task A_watch_on_one_server_sees_what_another_appends()
    {
        RedisOptions options = RedisTrialStore.OptionsFor(redis.Address);
        await using RedisStore here = await RedisTrialStore.OpenAsync(options);
        await using RedisStore there = await RedisTrialStore.OpenAsync(options);
        const int many = 200;
        List<JournalEntry> seen = [];
        Task watching = Task.Run(async () =>
        {
            await foreach (JournalEntry entry in here.Journal.WatchAsync(0, Cancellation))
            {
                seen.Add(entry);
                if (seen.Count == 2 * many)
                {
                    return;
                }
            }
        }, Cancellation);

        await Task.WhenAll(((RedisStore[])[here, there]).Select((store, number) => Task.Run(async () =>
        {
            for (int i = 0; i < many; i++)
            {
                JournalFact fact = new(
                    $"{number}-{i}", Instant.FromUnixTimeTicks(i), "counted", "p1", ReadOnlyMemory<byte>.Empty);
                await store.Journal.AppendAsync([fact], Cancellation);
            }
        })));

        await watching;
        Assert.Equal(Enumerable.Range(1, 2 * many).Select(static i => (long)i), seen.Select(static e => e.Position));
        Assert.Equal(2 * many, seen.Select(static entry => entry.Fact.Id).Distinct().Count());
    }

    [Fact(Timeout = HangMs)]
    public async Task A_list_that_one_server_loads_is_in_use_on_all_and_what_it_replaced_is_cleared_away()
    {
        RedisOptions options = RedisTrialStore.OptionsFor(redis.Address);
        await using RedisStore here = await RedisTrialStore.OpenAsync(options);
        await using RedisStore there = await RedisTrialStore.OpenAsync(options);
        ThrottleEngine[] engines = [await OpenAsync(here), await OpenAsync(there)];
        string[] lines = [.. Enumerable.Range(0, 70_000).Select(static i => $"+1202{i:D7}")];

        await ImportAsync(engines[0], "first", lines);
        await UntilAsync(engines[1], 70_000);
        await ImportAsync(engines[1], "second", lines[..40_000]);
        await UntilAsync(engines[0], 40_000);

        int segments = 0;
        await foreach (KeyValuePair<RecordKey, Record> _ in here.Records.ScanAsync("list-segment", null, Cancellation))
        {
            segments++;
        }

        Assert.Equal(2, segments);
    }

    private static async Task ImportAsync(ThrottleEngine engine, string id, string[] lines)
    {
        ImportDraft draft = new() { ImportId = id, List = "dnc", AsOf = Instant.FromUtc(2026, 3, 1, 0, 0) };
        ListImport import = await engine.Lists.ImportAsync(draft, Cancellation);
        await import.AddAsync(1, lines, Cancellation);
        await import.FinishAsync(new ImportEnd(lines.Length), Cancellation);
    }

    /// <summary>Looks as a server does, until its list has so many addresses.</summary>
    private static async Task UntilAsync(ThrottleEngine engine, long entries)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(5));
        while (engine.Lists.List() is not [{ } list] || list.Entries != entries)
        {
            await engine.RefreshAsync(Cancellation);
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    private static Task<ThrottleEngine> OpenAsync(RedisStore store) => OpenAsync(store, Policy);

    private static Task<ThrottleEngine> OpenAsync(RedisStore store, string policy) => ThrottleEngine.OpenAsync(
        store.Records, store.Journal, new IdentityHasher(new byte[IdentityHasher.KeyBytes]),
        new ThrottleOptions(), policy, TimeProvider.System, NullLoggerFactory.Instance,
        Cancellation);

    private static ContactDraft Draft() => new() { PersonId = "ada", Channel = "email", Purpose = "marketing" };
}
