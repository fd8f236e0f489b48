using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Requests;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace H2H.Throttle.Testing.Conformance;

/// <summary>What has to be true of joining people on every store, while several servers contact them.</summary>
public abstract class MergeConformance : StoreConformance
{
    private const int Cap = 12;
    private const int ServersMax = 3;

    private static readonly string Policy = $$"""
        policy: joined
        zone: UTC
        channels: [email]
        purposes: { marketing: {} }
        rules: [{ name: few, cap: {{Cap}}, in: lifetime }]
        """;

    private readonly ManualClock clock = new(Instant.FromUtc(2026, 3, 2, 9, 0));

    [Fact]
    public async Task Nothing_is_lost_or_counted_twice_and_no_more_than_the_cap_is_allowed_from_the_merge_on()
    {
        ThrottleEngine[] servers = await Task.WhenAll(Enumerable.Range(0, ServersMax).Select(_ => StartServerAsync()));
        for (int round = 0; round < 5; round++)
        {
            string ada = $"ada {round}";
            string eve = $"eve {round}";

            Task<string?>[] calls =
            [
                .. Enumerable.Range(0, 36).Select(call =>
                    ReserveAsync(servers[call % ServersMax], call % 2 == 0 ? ada : eve, $"{round} {call}")),
            ];
            Task<Merge> merging = servers[0].Merges.MergeAsync(eve, ada, null, Cancellation).AsTask();
            string[] allowed = [.. (await Task.WhenAll(calls)).OfType<string>()];
            Merge merge = await merging;

            // Each was allowed at most the cap before they were one; all that was is there, once.
            LedgerContact[] known = [.. await ContactsAsync(servers[1], ada)];
            Assert.Equal(allowed.Length, known.Length);
            Assert.InRange(allowed.Length, Cap, 2 * Cap);
            Assert.Equal(allowed.Length, allowed.Distinct(StringComparer.Ordinal).Count());
            foreach (string id in allowed)
            {
                ConfirmResult confirmed = await servers[2].Reservations.ConfirmAsync(
                    null, id, null, null, null, Cancellation);
                Assert.Equal(ContactState.Made, confirmed.Contact.Contact.State);
            }

            Assert.All(await ContactsAsync(servers[0], eve), static one => Assert.Equal(ContactState.Made, one.State));
            Assert.Null(await ReserveAsync(servers[1], eve, "late"));
            Assert.Equal(merge.Id, (await servers[1].Merges.MergeAsync(eve, ada, null, Cancellation)).Id);
        }
    }

    [Fact]
    public async Task From_the_merge_on_the_joined_ledger_is_what_the_cap_is_held_to()
    {
        ThrottleEngine[] servers = await Task.WhenAll(Enumerable.Range(0, ServersMax).Select(_ => StartServerAsync()));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => ReserveAsync(servers[0], "ada", $"a {i}")));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => ReserveAsync(servers[1], "eve", $"e {i}")));
        await servers[2].Merges.MergeAsync("eve", "ada", null, Cancellation);

        string?[] after = await Task.WhenAll(Enumerable.Range(0, 30).Select(call =>
            ReserveAsync(servers[call % ServersMax], call % 2 == 0 ? "ada" : "eve", $"n {call}")));

        Assert.Equal(Cap - 8, after.OfType<string>().Count());
        Assert.Equal(Cap, (await ContactsAsync(servers[0], "eve")).Count());
    }

    [Fact]
    public async Task Merges_that_would_run_in_a_circle_leave_no_circle()
    {
        ThrottleEngine[] servers = await Task.WhenAll(Enumerable.Range(0, ServersMax).Select(_ => StartServerAsync()));
        int joins = 0;
        for (int round = 0; round < 100; round++)   // it took some two hundred to meet a race that closed a circle
        {
            joins += await MergeInACircleAsync(servers, [$"ada {round}", $"bob {round}", $"eve {round}"]);
        }

        Assert.True(joins > 0, "Every merge of every round was called off.");

        // A merge that was called off in a race is not told as if it had been made.
        IReadOnlyList<JournalEntry> entries = await Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        Assert.Equal(2 * joins, entries.Count(static entry => entry.Fact.Kind == "people_merged"));
    }

    /// <summary>How many were joined.</summary>
    private static async Task<int> MergeInACircleAsync(ThrottleEngine[] servers, string[] people)
    {
        foreach (string person in people)
        {
            await ReserveAsync(servers[0], person, "first");
        }

        RequestException?[] refused = await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
        {
            try
            {
                await servers[i].Merges.MergeAsync(people[i], people[(i + 1) % 3], null, Cancellation);
                return null;
            }
            catch (RequestException request)
            {
                return request;
            }
        }));

        // Whoever lost a race may have been told to repeat the call, now and then everybody; nobody was joined to
        // themselves.
        NamedPerson[] known = await Task.WhenAll(people.Select(person =>
            servers[0].People.FindAsync(person, Cancellation).AsTask()));
        int joins = refused.Count(static one => one is null);
        Assert.InRange(joins, 0, 2);
        Assert.Equal(3 - joins, known.Select(static one => one.Key).Distinct().Count());
        Assert.Equal(
            3, known.DistinctBy(static one => one.Key).Sum(static one => one.Person.Ledger.Contacts.Length));
        return joins;
    }

    private async Task<ThrottleEngine> StartServerAsync() => await ThrottleEngine.OpenAsync(
        Records,
        Journal,
        new IdentityHasher(new byte[IdentityHasher.KeyBytes]),
        new ThrottleOptions(),
        Policy,
        clock,
        NullLoggerFactory.Instance,
        Cancellation);

    /// <summary>The reservation's id; null: denied.</summary>
    private static async Task<string?> ReserveAsync(ThrottleEngine server, string person, string request)
    {
        ContactDraft draft = new() { PersonId = person, Channel = "email", Purpose = "marketing" };
        ReserveResult result = await server.Throttler.ReserveAsync(request, draft, null, null, null, Cancellation);
        Assert.Equal(result.Verdict.Decision is Decision.Allowed, result.Reservation is not null);
        return result.Reservation?.Id.ToString();
    }

    private static async Task<IEnumerable<LedgerContact>> ContactsAsync(ThrottleEngine server, string person) =>
        (await server.People.GetAsync(person, Cancellation)).Ledger.Contacts;
}
