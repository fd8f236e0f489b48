using System.Text.RegularExpressions;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Testing;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Journals;

/// <summary>The journal as auditors read it: pages, filters, watches.</summary>
public sealed partial class JournalDeskTests : IAsyncLifetime
{
    private const int HangMs = 60_000;

    private static readonly Actor Platform = new(ActorKind.Key, "3f1c9a07b2d4", Role.Sender, "OptOut");

    private TrialEngine trial = null!;

    private JournalDesk Desk => trial.Engine.Journal;

    public async ValueTask InitializeAsync() => trial = await StartAsync();

    public ValueTask DisposeAsync() => trial.DisposeAsync();

    [Fact]
    public async Task Pages_go_back_and_forth_through_all_of_it_without_a_gap()
    {
        await FillAsync(25);

        foreach (bool oldestFirst in new[] { true, false })
        {
            List<long> seen = [];
            string? next = null;
            do
            {
                JournalPage page = await Desk.ListAsync(new(), 7, next, oldestFirst, Cancellation);
                seen.AddRange(page.Entries.Select(static entry => entry.Position));
                next = page.Next;
            }
            while (next is not null);

            IEnumerable<long> expected = Enumerable.Range(1, 26).Select(static i => (long)i);
            Assert.Equal(oldestFirst ? expected : expected.Reverse(), seen);
        }
    }

    [Fact]
    public async Task A_filter_that_little_meets_answers_part_by_part_and_finds_it_in_the_end()
    {
        const int many = JournalDesk.ScannedMax + 500;
        await trial.Engine.Consent.OptOutAsync(null, "eve", Scope.Everything, null, null, Cancellation);
        await FillAsync(many);
        JournalQuery query = new() { PersonId = "eve" };

        JournalPage first = await Desk.ListAsync(query, 10, null, oldestFirst: false, Cancellation);
        JournalPage second = await Desk.ListAsync(query, 10, first.Next, oldestFirst: false, Cancellation);

        Assert.Empty(first.Entries);
        Assert.Equal(2, Assert.Single(second.Entries).Position);
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Filters_hold_together()
    {
        await trial.Engine.Consent.By(Platform).OptOutAsync(null, "eve", Scope.Everything, null, null, Cancellation);
        trial.Clock.Advance(Duration.FromHours(1));
        await trial.Engine.Consent.By(Actor.Person("page"))
            .OptInAsync(null, "eve", Scope.Everything, null, null, Cancellation);
        await trial.Engine.Consent.By(Platform).OptOutAsync(null, "bob", Scope.Everything, null, null, Cancellation);

        Assert.Equal("4 3 2 1", await ListAsync(new()));
        Assert.Equal("4 2", await ListAsync(new() { Kinds = ["opt_out"] }));
        Assert.Equal("4 3 2", await ListAsync(new() { Kinds = ["opt_in", "opt_out"] }));
        Assert.Equal("3 2", await ListAsync(new() { PersonId = "eve" }));
        Assert.Equal("4 2", await ListAsync(new() { Caller = "3f1c9a07b2d4" }));
        Assert.Equal("4 2", await ListAsync(new() { Caller = "key 3f1c9a07b2d4" }));
        Assert.Equal("3", await ListAsync(new() { Caller = "person" }));
        Assert.Equal("1", await ListAsync(new() { Caller = "server" }));
        Assert.Equal("", await ListAsync(new() { Caller = "nobody" }));
        Assert.Equal("2 1", await ListAsync(new() { Until = Start + Duration.FromHours(1) }));
        Assert.Equal("4 3", await ListAsync(new() { From = Start + Duration.FromHours(1) }));
        Assert.Equal("2", await ListAsync(new()
        {
            Kinds = ["opt_out"], PersonId = "eve", Caller = "3f1c9a07b2d4", From = Start,
        }));
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_all_at_once()
    {
        JournalQuery query = new()
        {
            Kinds = ["opt_out", "no_such"],
            PersonId = new string('p', 129),
            Caller = "a\u0007",
            From = Start,
            Until = Start,
        };

        RequestException refused = await RefusedAsync(Desk.ListAsync(query, 0, "x7", true, Cancellation));

        Assert.Equal(
            [
                ProblemReason.PageSizeOutOfRange, ProblemReason.PageTokenInvalid, ProblemReason.JournalKindUnknown,
                ProblemReason.IdTooLong, ProblemReason.IdMalformed, ProblemReason.TimeOutOfRange,
            ],
            refused.Problems.Select(static problem => problem.Reason));
    }

    [Theory]
    [InlineData("n3", true)]
    [InlineData("o3", false)]
    [InlineData("o-3", true)]
    [InlineData("o99999999999999999999", true)]
    [InlineData("o", true)]
    [InlineData("3", true)]
    public async Task A_page_token_of_another_list_is_refused(string token, bool oldestFirst)
    {
        RequestException refused = await RefusedAsync(Desk.ListAsync(new(), 10, token, oldestFirst, Cancellation));

        Assert.Equal(ProblemReason.PageTokenInvalid, refused.Problems[0].Reason);
    }

    [Theory]
    [InlineData("n9223372036854775807", false, 3)]
    [InlineData("o9223372036854775807", true, 0)]
    [InlineData("n0", false, 0)]
    [InlineData("n1", false, 0)]
    public async Task A_page_token_from_beyond_the_ends_is_harmless(string token, bool oldestFirst, int expected)
    {
        await FillAsync(2);

        JournalPage page = await Desk.ListAsync(new(), 10, token, oldestFirst, Cancellation);

        Assert.Equal((expected, null), (page.Entries.Length, page.Next));
    }

    [Fact(Timeout = HangMs)]
    public async Task A_watch_first_says_where_it_begins_then_what_comes_and_in_silence_that_it_lives()
    {
        await FillAsync(2);
        JournalQuery query = new() { Kinds = ["opt_in"] };
        await using IAsyncEnumerator<JournalSight> watch = Watch(query, null);

        Assert.Equal(3, Assert.IsType<JournalSight.Pulse>(await NextAsync(watch)).Position);
        Task<bool> waiting = watch.MoveNextAsync().AsTask();
        await FillAsync(2, from: 2);
        await trial.Engine.Consent.OptInAsync(null, "eve", Scope.Everything, null, null, Cancellation);

        Assert.True(await waiting);
        Assert.Equal(6, Assert.IsType<JournalSight.Seen>(watch.Current).Entry.Position);
        Task<bool> silent = watch.MoveNextAsync().AsTask();
        trial.Clock.Advance(Duration.FromSeconds(20));
        Assert.True(await silent);
        Assert.Equal(6, Assert.IsType<JournalSight.Pulse>(watch.Current).Position);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_watch_is_taken_up_again_after_what_was_told_and_knows_the_entry_there()
    {
        await FillAsync(4);
        ReadOnlyMemory<byte> hash = (await trial.Journal.ReadAsync(2, 1, Cancellation))[0].Hash;

        await using IAsyncEnumerator<JournalSight> watch =
            Desk.WatchAsync(new(), 3, hash, JournalDesk.PulseDefault, Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.Equal(3, Assert.IsType<JournalSight.Pulse>(await NextAsync(watch)).Position);
        Assert.Equal(4, Assert.IsType<JournalSight.Seen>(await NextAsync(watch)).Entry.Position);
        Assert.Equal(5, Assert.IsType<JournalSight.Seen>(await NextAsync(watch)).Entry.Position);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task A_watch_from_where_there_is_nothing_is_refused(long after)
    {
        await FillAsync(2);
        await using IAsyncEnumerator<JournalSight> watch = Watch(new(), after);

        RequestException refused = await Assert.ThrowsAsync<RequestException>(
            async () => await watch.MoveNextAsync());

        Assert.Equal(ProblemReason.JournalPositionUnknown, refused.Problems[0].Reason);
    }

    [Fact]
    public async Task A_watch_of_a_journal_with_another_past_is_refused()
    {
        await FillAsync(2);
        await using IAsyncEnumerator<JournalSight> watch = Desk
            .WatchAsync(new(), 2, new byte[32], JournalDesk.PulseDefault, Cancellation)
            .GetAsyncEnumerator(Cancellation);

        RequestException refused = await Assert.ThrowsAsync<RequestException>(
            async () => await watch.MoveNextAsync());

        Assert.Equal(ProblemReason.JournalDiverged, refused.Problems[0].Reason);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_watch_that_is_left_while_it_waits_ends()
    {
        using CancellationTokenSource left = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using IAsyncEnumerator<JournalSight> watch = Desk
            .WatchAsync(new(), null, null, JournalDesk.PulseDefault, left.Token).GetAsyncEnumerator(left.Token);
        await NextAsync(watch);
        ValueTask<bool> waiting = watch.MoveNextAsync();

        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
    }

    [Fact]
    public async Task A_verification_says_how_far_it_is_and_what_the_head_is()
    {
        await FillAsync(JournalDesk.VerifiedStep + 5);

        List<ChainProgress> told = [];
        await foreach (ChainProgress progress in Desk.VerifyAsync(null, Cancellation))
        {
            told.Add(progress);
        }

        Assert.Equal([JournalDesk.VerifiedStep, JournalDesk.VerifiedStep + 6], told.Select(static one => one.Entries));
        Assert.Equal([false, true], told.Select(static one => one.IsDone));
        Assert.All(told, static one => Assert.Empty(one.Faults));
        Assert.True(told[^1].Head!.IsOf((await trial.Journal.ReadLastAsync(Cancellation))!));
    }

    [Fact]
    public async Task Every_kind_of_fact_that_is_written_anywhere_is_known_here()
    {
        string engine = Path.Combine(RepositoryFolder.Of(), "src", "H2H.Throttle.Engine");
        List<string> written = [];
        foreach (string file in Directory.EnumerateFiles(engine, "*Facts.cs", SearchOption.AllDirectories))
        {
            written.AddRange(Kind().Matches(await File.ReadAllTextAsync(file, Cancellation))
                .Select(static found => found.Groups["kind"].Value));
        }

        Assert.Equal(
            JournalKinds.All.Append("brand").Append("erased").Order(StringComparer.Ordinal),
            written.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("abc@1")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000@0")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000@-1")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000g@1")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_mark_is_not_read_as_one(string text) => Assert.False(JournalMark.TryParse(text, out _));

    [Fact]
    public void A_mark_is_read_as_it_was_written()
    {
        string text = $"{new string('a', 64)}@17";

        Assert.True(JournalMark.TryParse(text, out JournalMark? mark));
        Assert.Equal((17, text), (mark.Position, mark.ToString()));
    }

    private async Task<string> ListAsync(JournalQuery query)
    {
        JournalPage page = await Desk.ListAsync(query, 100, null, oldestFirst: false, Cancellation);
        return string.Join(' ', page.Entries.Select(static entry => entry.Position));
    }

    private IAsyncEnumerator<JournalSight> Watch(JournalQuery query, long? after) => Desk
        .WatchAsync(query, after, null, JournalDesk.PulseDefault, Cancellation).GetAsyncEnumerator(Cancellation);

    private static async Task<JournalSight> NextAsync(IAsyncEnumerator<JournalSight> watch)
    {
        Assert.True(await watch.MoveNextAsync());
        return watch.Current;
    }

    private async Task FillAsync(int count, int from = 0)
    {
        foreach (int[] part in Enumerable.Range(from, count).Chunk(500))
        {
            await trial.Journal.AppendAsync(
                [.. part.Select(static i => new JournalFact($"f{i}", Start, "opt_out", "p1", "{}"u8.ToArray()))],
                Cancellation);
        }
    }

    [GeneratedRegex("const string \\w+ = \"(?<kind>[a-z_]+)\"")]
    private static partial Regex Kind();
}
