using System.Text;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Access;

/// <summary>Keys open what they should, until they should not.</summary>
public sealed class KeyRingTests : IAsyncLifetime
{
    private TrialEngine trial = null!;

    private KeyRing Ring => trial.Engine.Keys;

    public async ValueTask InitializeAsync() => trial = await TrialEngine.StartAsync();

    public ValueTask DisposeAsync() => trial.DisposeAsync();

    [Fact]
    public async Task A_key_names_its_holder_and_what_it_may_speak_for()
    {
        MintedKey minted = await MintAsync("mail platform", Role.Sender, ["south", "north", "south"]);

        Caller caller = Ring.Find(minted.Text)!;

        Assert.Equal(("mail platform", Role.Sender), (caller.Name, caller.Role));
        Assert.Equal(["north", "south"], caller.Brands);
        Assert.True(caller.SpeaksFor("north"));
        Assert.False(caller.SpeaksFor("west"));
        Assert.False(caller.SpeaksFor(null));
    }

    [Fact]
    public async Task Nothing_but_the_exact_text_opens_anything()
    {
        string text = (await MintAsync()).Text;

        foreach (string other in new[]
        {
            "", "h2h_", text[..^1], text + "A", text.ToUpperInvariant(), Changed(text, text.Length - 1),
            Changed(text, 5), Changed(text, 16), " " + text,
        })
        {
            Assert.Null(Ring.Find(other));
        }

        static string Changed(string text, int place) =>
            string.Concat(text.AsSpan(0, place), text[place] == 'a' ? "b" : "a", text.AsSpan(place + 1));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_and_stays_in_the_list()
    {
        MintedKey minted = await MintAsync();

        AccessKey revoked = await Ring.RevokeAsync(minted.Key.Id, Actor.Server("test"), TrialEngine.Cancellation);
        AccessKey again = await Ring.RevokeAsync(minted.Key.Id, Actor.Server("test"), TrialEngine.Cancellation);

        Assert.Null(Ring.Find(minted.Text));
        Assert.Equal(revoked.RevokedAt, again.RevokedAt);
        Assert.NotNull(Assert.Single(Ring.Keys).RevokedAt);
    }

    [Fact]
    public async Task A_key_opens_nothing_from_its_end_on()
    {
        MintedKey minted = await Ring.MintAsync(
            "trial", Role.Agent, [], Duration.FromHours(1), Actor.Server("test"), TrialEngine.Cancellation);

        trial.Clock.Advance(Duration.FromHours(1) - Duration.FromTicks(1));
        Assert.NotNull(Ring.Find(minted.Text));

        trial.Clock.Advance(Duration.FromTicks(1));
        Assert.Null(Ring.Find(minted.Text));
    }

    [Fact]
    public async Task Another_server_learns_of_both_at_its_next_look()
    {
        KeyRing other = (await trial.SecondAsync()).Keys;
        MintedKey minted = await MintAsync();
        Assert.Null(other.Find(minted.Text));

        await other.RefreshAsync(TrialEngine.Cancellation);
        Assert.NotNull(other.Find(minted.Text));

        await Ring.RevokeAsync(minted.Key.Id, Actor.Server("test"), TrialEngine.Cancellation);
        await other.RefreshAsync(TrialEngine.Cancellation);
        Assert.Null(other.Find(minted.Text));
    }

    [Fact]
    public async Task Two_servers_that_make_keys_at_once_lose_none()
    {
        KeyRing other = (await trial.SecondAsync()).Keys;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            KeyRing ring = i % 2 == 0 ? Ring : other;
            await ring.MintAsync($"key {i}", Role.Sender, [], null, Actor.Server("test"), TrialEngine.Cancellation);
        }));

        await Ring.RefreshAsync(TrialEngine.Cancellation);
        Assert.Equal(8, Ring.Keys.Length);
    }

    [Fact]
    public async Task The_secret_is_nowhere_at_rest()
    {
        MintedKey minted = await MintAsync();

        H2H.Throttle.Engine.Records.Record stored = await trial.Records.LoadAsync(
            new RecordKey("access", "keys"), TrialEngine.Cancellation);
        IReadOnlyList<JournalEntry> entries = await trial.Journal.ReadAsync(0, 100, TrialEngine.Cancellation);

        string secret = minted.Text[^43..];
        Assert.Contains(minted.Key.Id, Encoding.UTF8.GetString(stored.Value.Span), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, Encoding.UTF8.GetString(stored.Value.Span), StringComparison.Ordinal);
        Assert.All(entries, entry => Assert.DoesNotContain(
            secret, Encoding.UTF8.GetString(entry.Fact.Data.Span), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_journal_says_who_made_and_who_revoked_a_key()
    {
        Actor boss = new(ActorKind.Token, "boss", Role.Admin, "CreateKey");
        MintedKey minted = await Ring.MintAsync("trial", Role.Agent, [], null, boss, TrialEngine.Cancellation);
        await Ring.RevokeAsync(minted.Key.Id, boss, TrialEngine.Cancellation);

        IReadOnlyList<JournalEntry> entries = await trial.Journal.ReadAsync(0, 100, TrialEngine.Cancellation);

        Assert.Equal(["key_made", "key_revoked"], entries.TakeLast(2).Select(static entry => entry.Fact.Kind));
        Assert.All(entries.TakeLast(2), entry => Assert.Equal(boss, entry.Fact.ReadActor()));
    }

    [Fact]
    public async Task A_full_ring_makes_room_of_revoked_keys_alone()
    {
        MintedKey first = await MintAsync();
        for (int i = 1; i < KeyRing.KeysMax; i++)
        {
            await MintAsync();
        }

        RequestException full = await TrialEngine.RefusedAsync(MintValueAsync());
        Assert.Equal(ProblemReason.RecordFull, full.Problems[0].Reason);

        await Ring.RevokeAsync(first.Key.Id, Actor.Server("test"), TrialEngine.Cancellation);
        await MintAsync();
        Assert.Equal(KeyRing.KeysMax, Ring.Keys.Length);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_all_at_once()
    {
        RequestException refused = await TrialEngine.RefusedAsync(
            Ring.MintAsync("", Role.Sender, ["", new string('b', 129)], Duration.Zero, Actor.Server("test"),
                TrialEngine.Cancellation));

        Assert.Equal(
            ["name", "brands", "brands", "time_to_live"], refused.Problems.Select(static problem => problem.Field));
    }

    [Fact]
    public async Task A_key_that_never_was_cannot_be_revoked()
    {
        RequestException refused = await TrialEngine.RefusedAsync(
            Ring.RevokeAsync("0123456789ab", Actor.Server("test"), TrialEngine.Cancellation));

        Assert.Equal(ProblemReason.KeyUnknown, refused.Problems[0].Reason);
    }

    private Task<MintedKey> MintAsync(string name = "trial", Role role = Role.Sender, string[]? brands = null) =>
        Ring.MintAsync(name, role, brands ?? [], null, Actor.Server("test"), TrialEngine.Cancellation).AsTask();

    private ValueTask<MintedKey> MintValueAsync() =>
        Ring.MintAsync("one more", Role.Sender, [], null, Actor.Server("test"), TrialEngine.Cancellation);
}
