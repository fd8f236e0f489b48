using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Server.Tests.Access;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Journals;

/// <summary>The journal over the wire: who may read what, how it is watched, that it is verified.</summary>
public sealed class JournalServiceTests(AskingServer server) : IClassFixture<AskingServer>
{
    private const int HangMs = 60_000;

    private CallOptions Admin => GuardedServer.With(server.AdminKey);

    [Fact]
    public async Task An_auditor_lists_what_happened_to_a_person_by_the_callers_own_id_which_is_nowhere_in_the_answer()
    {
        string person = NewPerson();
        await server.Consent.OptOutAsync(
            new() { PersonId = person, Scope = new() { Channel = "email" }, Source = "hotline" }, Admin);
        await server.Consent.OptInAsync(new() { PersonId = person }, Admin);
        CallOptions auditor = GuardedServer.With(await server.KeyAsync(Role.Auditor));
        ListEntriesRequest request = new() { Filter = new() { PersonId = person } };

        ListEntriesResponse newest = await server.Journal.ListEntriesAsync(request, auditor);
        request.Order = JournalOrder.OldestFirst;
        ListEntriesResponse oldest = await server.Journal.ListEntriesAsync(request, auditor);

        Assert.Equal(["opt_in", "opt_out"], newest.Entries.Select(static entry => entry.Kind));
        Assert.Equal(newest.Entries.Reverse(), oldest.Entries);
        JournalEntry optOut = oldest.Entries[0];
        Assert.Equal(("email", "hotline"), (optOut.Details["channel"], optOut.Details["source"]));
        Assert.Equal((ActorKind.AdminKey, "OptOut"), (optOut.Actor.Kind, optOut.Actor.Through));
        Assert.Equal(64, optOut.Hash.Length);
        Assert.DoesNotContain(person, newest.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_filter_is_refused_with_the_field_at_fault()
    {
        await RefusesAsync(new() { Filter = new() { Kinds = { "no_such" } } }, "JOURNAL_KIND_UNKNOWN", "filter.kinds");
        await RefusesAsync(
            new() { Filter = new() { PersonId = new string('p', 129) } }, "ID_TOO_LONG", "filter.person_id");
        await RefusesAsync(
            new() { Filter = new() { Caller = new string('c', 10_000) } }, "TEXT_TOO_LONG", "filter.caller");
        await RefusesAsync(
            new() { Filter = new() { From = At(9), Until = At(9) } }, "TIME_OUT_OF_RANGE", "filter.until");
        await RefusesAsync(
            new() { Filter = new() { From = new Timestamp { Seconds = long.MaxValue } } },
            "TIME_OUT_OF_RANGE",
            "filter.from");
        await RefusesAsync(new() { Order = (JournalOrder)7 }, "ENUM_OUT_OF_RANGE", "order");
        await RefusesAsync(new() { PageSize = -1 }, "PAGE_SIZE_OUT_OF_RANGE", "page_size");
        await RefusesAsync(new() { PageToken = "o1" }, "PAGE_TOKEN_INVALID", "page_token");

        ListEntriesRequest many = new() { Filter = new() };
        many.Filter.Kinds.AddRange(Enumerable.Repeat("opt_out", 100_000));
        await RefusesAsync(many, "JOURNAL_KIND_UNKNOWN", "filter.kinds");
    }

    [Fact(Timeout = HangMs)]
    public async Task A_sender_learns_at_once_of_the_revoked_reservations_of_its_own_brands_and_of_nothing_else()
    {
        CallOptions north = GuardedServer.With(await server.KeyAsync(Role.Sender, "north"));
        string person = NewPerson();
        string own = await ReserveAsync(person, "north");
        await ReserveAsync(person, "south");
        using AsyncServerStreamingCall<WatchResponse> watch = server.Journal.Watch(new(), north);
        Assert.NotNull((await NextAsync(watch)).Heartbeat);

        await server.Consent.OptOutAsync(new() { PersonId = person }, Admin);
        JournalEntry told = (await NextAsync(watch)).Entry;
        await ReserveAsync(NewPerson(), "north");

        Assert.Equal(("reservation_revoked", own, "north"), (
            told.Kind, told.Details["reservation"], told.Details["brand"]));
        Assert.Equal(("", "", null), (told.Subject, told.Hash, told.Actor));
        WatchResponse next = await NextAsync(
            server.Journal.Watch(new() { After = told.Position, HeartbeatInterval = Seconds(1) }, north), skip: 1);
        Assert.NotNull(next.Heartbeat);
        Assert.True(next.Heartbeat.Position > told.Position);
    }

    [Fact]
    public async Task A_sender_may_not_ask_for_more()
    {
        CallOptions sender = GuardedServer.With(await server.KeyAsync(Role.Sender));

        foreach ((JournalFilter filter, string field) in new (JournalFilter, string)[]
        {
            (new() { Kinds = { "opt_out" } }, "filter.kinds"),
            (new() { PersonId = "ann" }, "filter.person_id"),
            (new() { Caller = "server" }, "filter.caller"),
        })
        {
            Refusal refused = await RefusedAsync(server.Journal.Watch(new() { Filter = filter }, sender));

            Assert.Equal(
                (StatusCode.PermissionDenied, "FACT_NOT_FOR_SENDERS", field),
                (refused.Code, refused.Reason, refused.Field));
        }
    }

    [Fact(Timeout = HangMs)]
    public async Task A_watch_is_taken_up_again_where_it_was_with_the_hash_of_what_was_told_last()
    {
        string person = NewPerson();
        await server.Consent.OptOutAsync(new() { PersonId = person }, Admin);
        await server.Consent.OptInAsync(new() { PersonId = person }, Admin);
        ListEntriesResponse known = await server.Journal.ListEntriesAsync(
            new() { Filter = new() { PersonId = person }, Order = JournalOrder.OldestFirst }, Admin);
        WatchRequest request = new()
        {
            After = known.Entries[0].Position, AfterHash = known.Entries[0].Hash, Filter = new() { PersonId = person },
        };

        using AsyncServerStreamingCall<WatchResponse> watch = server.Journal.Watch(request, Admin);

        Assert.Equal(request.After, (await NextAsync(watch)).Heartbeat.Position);
        Assert.Equal(known.Entries[1], (await NextAsync(watch)).Entry);
    }

    [Fact]
    public async Task A_watch_from_where_the_journal_is_not_or_is_another_is_refused()
    {
        Refusal future = await RefusedAsync(server.Journal.Watch(new() { After = long.MaxValue }, Admin));
        Refusal below = await RefusedAsync(server.Journal.Watch(new() { After = -1 }, Admin));
        Refusal other = await RefusedAsync(
            server.Journal.Watch(new() { After = 1, AfterHash = new string('0', 64) }, Admin));
        Refusal noHash = await RefusedAsync(server.Journal.Watch(new() { After = 1, AfterHash = "xyz" }, Admin));
        Refusal pulse = await RefusedAsync(server.Journal.Watch(new() { HeartbeatInterval = Seconds(61) }, Admin));

        Assert.Equal((StatusCode.OutOfRange, "JOURNAL_POSITION_UNKNOWN"), (future.Code, future.Reason));
        Assert.Equal("JOURNAL_POSITION_UNKNOWN", below.Reason);
        Assert.Equal((StatusCode.FailedPrecondition, "JOURNAL_DIVERGED"), (other.Code, other.Reason));
        Assert.Equal(("ID_MALFORMED", "after_hash"), (noHash.Reason, noHash.Field));
        Assert.Equal(("TIME_OUT_OF_RANGE", "heartbeat_interval"), (pulse.Reason, pulse.Field));
    }

    [Fact(Timeout = HangMs)]
    public async Task A_watch_ends_when_the_key_is_revoked_that_opened_it()
    {
        CreateKeyResponse key = await server.CreateAsync(Role.Auditor);
        using AsyncServerStreamingCall<WatchResponse> watch = server.Journal.Watch(
            new() { HeartbeatInterval = Seconds(1), Filter = new() { Kinds = { "override" } } },
            GuardedServer.With(key.KeyText));
        await NextAsync(watch);

        await server.Access.RevokeKeyAsync(new() { KeyId = key.Key.KeyId }, Admin);

        RpcException ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(TestServer.Call.CancellationToken))
            {
                Assert.NotNull(watch.ResponseStream.Current.Heartbeat);
            }
        });
        Assert.Equal("CREDENTIALS_INVALID", Refusal.Of(ended).Reason);
    }

    [Fact]
    public async Task The_journal_is_whole_and_its_head_can_be_compared_later()
    {
        await server.Consent.OptOutAsync(new() { PersonId = NewPerson() }, Admin);
        VerifyJournalResponse first = await VerifyAsync(new());
        await server.Consent.OptOutAsync(new() { PersonId = NewPerson() }, Admin);
        VerifyJournalRequest written = new() { HeadPosition = first.HeadPosition, HeadHash = first.HeadHash };

        VerifyJournalResponse later = await VerifyAsync(written);
        VerifyJournalResponse rewritten = await VerifyAsync(new()
        {
            HeadPosition = first.HeadPosition, HeadHash = new string('a', 64),
        });
        VerifyJournalResponse cut = await VerifyAsync(new()
        {
            HeadPosition = later.HeadPosition + 1000, HeadHash = first.HeadHash,
        });

        Assert.True(first.Done && first.Breaks.Count == 0);
        Assert.Empty(later.Breaks);
        Assert.True(later.Entries > first.Entries);
        Assert.Equal(JournalBreakKind.Rewritten, Assert.Single(rewritten.Breaks).Kind);
        Assert.Equal(JournalBreakKind.CutOff, Assert.Single(cut.Breaks).Kind);
    }

    [Fact]
    public async Task A_head_that_is_none_is_refused()
    {
        Refusal half = await RefusedAsync(server.Journal.VerifyJournal(new() { HeadPosition = 1 }, Admin));
        Refusal other = await RefusedAsync(server.Journal.VerifyJournal(
            new() { HeadPosition = 1, HeadHash = "no hash" }, Admin));
        Refusal below = await RefusedAsync(server.Journal.VerifyJournal(
            new() { HeadPosition = -1, HeadHash = new string('a', 64) }, Admin));

        Assert.Equal(("FIELD_MISSING", "head_hash"), (half.Reason, half.Field));
        Assert.Equal(("ID_MALFORMED", "head_hash"), (other.Reason, other.Field));
        Assert.Equal(("FIELD_MISSING", "head_position"), (below.Reason, below.Field));
    }

    private async Task RefusesAsync(ListEntriesRequest request, string reason, string field)
    {
        Refusal refused = await Refusal.OfAsync(server.Journal.ListEntriesAsync(request, Admin));

        Assert.Equal((StatusCode.InvalidArgument, reason, field), (refused.Code, refused.Reason, refused.Field));
    }

    private static async Task<Refusal> RefusedAsync<T>(AsyncServerStreamingCall<T> call)
    {
        using (call)
        {
            return Refusal.Of(await Assert.ThrowsAsync<RpcException>(
                () => call.ResponseStream.MoveNext(TestServer.Call.CancellationToken)));
        }
    }

    private static async Task<WatchResponse> NextAsync(AsyncServerStreamingCall<WatchResponse> watch, int skip = 0)
    {
        for (int passed = 0; passed <= skip; passed++)
        {
            Assert.True(await watch.ResponseStream.MoveNext(TestServer.Call.CancellationToken));
        }

        return watch.ResponseStream.Current;
    }

    private async Task<VerifyJournalResponse> VerifyAsync(VerifyJournalRequest request)
    {
        using AsyncServerStreamingCall<VerifyJournalResponse> call = server.Journal.VerifyJournal(request, Admin);
        VerifyJournalResponse last = new();
        await foreach (VerifyJournalResponse progress in call.ResponseStream.ReadAllAsync(Admin.CancellationToken))
        {
            last = progress;
        }

        return last;
    }

    private async Task<string> ReserveAsync(string person, string brand)
    {
        Contact contact = Sample.Contact(person);
        contact.Brand = brand;
        ReserveResponse reserved = await server.Throttle.ReserveAsync(new() { Contact = contact }, Admin);
        return reserved.Reservation.ReservationId;
    }

    private static Duration Seconds(int count) => new() { Seconds = count };
}
