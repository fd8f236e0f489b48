using System.Text;
using H2H.Throttle.Engine.Journals;
using NodaTime;

namespace H2H.Throttle.Testing.Conformance;

/// <summary>
/// What every journal does; here in appending and reading, in the other files in watching and in races.
/// </summary>
public abstract partial class JournalConformance : StoreConformance
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 2, 9, 0).PlusTicks(1234567);

    [Fact]
    public async Task An_empty_journal_reads_as_empty()
    {
        Assert.Empty(await Journal.ReadAsync(0, IJournal.ReadMax, Cancellation));
    }

    [Fact]
    public async Task Positions_count_from_one_without_gaps_in_the_order_of_appending()
    {
        long first = await Journal.AppendAsync([Fact("a")], Cancellation);
        long third = await Journal.AppendAsync([Fact("b"), Fact("c")], Cancellation);

        Assert.Equal(1, first);
        Assert.Equal(3, third);
        IReadOnlyList<JournalEntry> entries = await Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        Assert.Equal([1, 2, 3], entries.Select(static entry => entry.Position));
        Assert.Equal(["a", "b", "c"], entries.Select(static entry => entry.Fact.Id));
    }

    [Fact]
    public async Task A_fact_comes_back_as_it_went_in()
    {
        JournalFact[] facts =
        [
            new("plain", At, "opt_out", "p1", """{"channel":"sms"}"""u8.ToArray()),
            new("empty-data", At, "opt_in", "p1", ReadOnlyMemory<byte>.Empty),
            new("before-1970", Instant.FromUtc(1969, 12, 31, 23, 59).PlusTicks(1), "opt_out", "p1", "{}"u8.ToArray()),
            new("long-ago", Instant.MinValue, "opt_out", "p1", "{}"u8.ToArray()),
            new("letters-é-漢-😀", At, "naïve", "sübject", Encoding.UTF8.GetBytes("\"é漢😀\"")),
            new("bytes", At, "any", "p1", Enumerable.Range(0, 256).Select(static i => (byte)i).ToArray()),
            new("nul\0inside", At, "any", "p\0", "\0"u8.ToArray()),
            Longest(),
        ];

        await Journal.AppendAsync(facts, Cancellation);

        IReadOnlyList<JournalEntry> entries = await Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        Assert.Equal(facts.Length, entries.Count);
        Assert.All(facts.Zip(entries), static pair => RequireSame(pair.First, pair.Second.Fact));
        RequireChained(entries);
    }

    [Fact]
    public async Task Each_entry_is_chained_to_the_one_before_across_appends_and_restarts()
    {
        await Journal.AppendAsync([Fact("a"), Fact("b")], Cancellation);
        await Journal.AppendAsync([Fact("c")], Cancellation);
        await Trial.ReopenAsync();
        long fifth = await Journal.AppendAsync([Fact("d"), Fact("e")], Cancellation);

        Assert.Equal(5, fifth);
        IReadOnlyList<JournalEntry> entries = await Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        Assert.Equal(5, entries.Count);
        RequireChained(entries);
    }

    [Fact]
    public async Task A_fact_appended_again_changes_nothing_and_answers_with_its_old_position()
    {
        await Journal.AppendAsync([Fact("a"), Fact("b")], Cancellation);

        long again = await Journal.AppendAsync([Fact("a", "something else")], Cancellation);

        Assert.Equal(1, again);
        IReadOnlyList<JournalEntry> entries = await Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        Assert.Equal(["a", "b"], entries.Select(static entry => entry.Fact.Id));
        RequireSame(Fact("a"), entries[0].Fact);
    }

    [Fact]
    public async Task Of_facts_partly_there_only_the_new_ones_are_appended()
    {
        await Journal.AppendAsync([Fact("a"), Fact("b")], Cancellation);
        await Trial.ReopenAsync();

        long position = await Journal.AppendAsync(
            [Fact("b"), Fact("c"), Fact("c"), Fact("a"), Fact("d")], Cancellation);

        Assert.Equal(4, position);
        IReadOnlyList<JournalEntry> entries = await Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        Assert.Equal(["a", "b", "c", "d"], entries.Select(static entry => entry.Fact.Id));
        RequireChained(entries);
    }

    [Fact]
    public async Task Ids_that_differ_in_case_alone_are_different_facts()
    {
        Assert.Equal(2, await Journal.AppendAsync([Fact("a"), Fact("A")], Cancellation));
    }

    [Fact]
    public async Task A_read_starts_after_its_position_and_ends_at_its_bound()
    {
        await Journal.AppendAsync([.. Enumerable.Range(1, 10).Select(static i => Fact($"f{i}"))], Cancellation);

        Assert.Equal([4, 5, 6], (await Journal.ReadAsync(3, 3, Cancellation)).Select(static entry => entry.Position));
        Assert.Equal([10], (await Journal.ReadAsync(9, 3, Cancellation)).Select(static entry => entry.Position));
        Assert.Empty(await Journal.ReadAsync(10, 3, Cancellation));
        Assert.Empty(await Journal.ReadAsync(long.MaxValue, 3, Cancellation));
    }

    [Fact]
    public async Task A_long_journal_is_read_page_by_page()
    {
        const int many = (2 * IJournal.ReadMax) + 10;
        foreach (int[] part in Enumerable.Range(1, many).Chunk(500))
        {
            await Journal.AppendAsync([.. part.Select(static i => Fact($"f{i}"))], Cancellation);
        }

        List<JournalEntry> entries = [];
        IReadOnlyList<JournalEntry> page;
        do
        {
            page = await Journal.ReadAsync(entries.Count, IJournal.ReadMax, Cancellation);
            entries.AddRange(page);
        }
        while (page.Count > 0);

        Assert.Equal(Enumerable.Range(1, many).Select(static i => $"f{i}"), entries.Select(static e => e.Fact.Id));
        RequireChained(entries);
    }

    [Fact]
    public async Task The_last_entry_is_the_one_that_was_appended_last_and_of_an_empty_journal_there_is_none()
    {
        Assert.Null(await Journal.ReadLastAsync(Cancellation));
        for (int i = 1; i <= 8; i++)
        {
            await Journal.AppendAsync([Fact($"f{i}")], Cancellation);

            JournalEntry last = (await Journal.ReadLastAsync(Cancellation))!;
            Assert.Equal((i, $"f{i}"), (last.Position, last.Fact.Id));
        }

        await Trial.ReopenAsync();
        Assert.Equal(8, (await Journal.ReadLastAsync(Cancellation))!.Position);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(IJournal.ReadMax + 1)]
    public async Task A_read_of_too_few_or_too_many_is_refused(int max)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Journal.ReadAsync(0, max, Cancellation));
    }

    [Fact]
    public async Task Appending_nothing_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Journal.AppendAsync([], Cancellation));
    }

    [Fact]
    public async Task Records_and_journal_share_a_store_without_meeting()
    {
        await Journal.AppendAsync([Fact("a")], Cancellation);

        Assert.False((await Records.LoadAsync(new("journal", "a"), Cancellation)).Exists);
    }

    private static JournalFact Fact(string id, string kind = "opt_out") =>
        new(id, At, kind, "p1", """{"channel":"email"}"""u8.ToArray());

    private static JournalFact Longest() => new(
        new string('i', JournalFact.IdLengthMax),
        Instant.MaxValue,
        new string('k', JournalFact.KindLengthMax),
        new string('漢', JournalFact.SubjectLengthMax),
        new byte[JournalFact.DataBytesMax]);

    /// <summary>Instants are kept to the 100 ns that the hash chain covers.</summary>
    private static void RequireSame(JournalFact expected, JournalFact actual)
    {
        Assert.Equal(expected.Id, actual.Id);
        Assert.Equal(expected.At.ToUnixTimeTicks(), actual.At.ToUnixTimeTicks());
        Assert.Equal(expected.Kind, actual.Kind);
        Assert.Equal(expected.Subject, actual.Subject);
        Assert.True(expected.Data.Span.SequenceEqual(actual.Data.Span));
    }

    private static void RequireChained(IReadOnlyList<JournalEntry> entries)
    {
        ReadOnlyMemory<byte> hash = JournalChain.Root;
        for (int i = 0; i < entries.Count; i++)
        {
            Assert.Equal(i + 1, entries[i].Position);
            hash = JournalChain.Next(hash, entries[i].Fact);
            Assert.Equal(Convert.ToHexString(hash.Span), Convert.ToHexString(entries[i].Hash.Span));
        }
    }
}
