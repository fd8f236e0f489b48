using System.Collections.Concurrent;
using H2H.Throttle.Engine.Journals;

namespace H2H.Throttle.Testing.Conformance;

public abstract partial class JournalConformance
{
    private const int HangMs = 60_000;   // a watch that is never woken fails the test instead of hanging it

    [Fact(Timeout = HangMs)]
    public async Task A_watch_shows_what_is_there_and_then_what_arrives()
    {
        await Journal.AppendAsync([Fact("a"), Fact("b")], Cancellation);
        await using IAsyncEnumerator<JournalEntry> watch = Watch(1);

        Assert.Equal("b", await NextIdAsync(watch));
        ValueTask<bool> waiting = watch.MoveNextAsync();
        await Journal.AppendAsync([Fact("c"), Fact("d")], Cancellation);

        Assert.True(await waiting);
        Assert.Equal("c", watch.Current.Fact.Id);
        Assert.Equal("d", await NextIdAsync(watch));
    }

    [Fact(Timeout = HangMs)]
    public async Task A_watch_from_a_position_yet_to_come_waits_for_what_lies_after_it()
    {
        await using IAsyncEnumerator<JournalEntry> watch = Watch(2);
        ValueTask<bool> waiting = watch.MoveNextAsync();

        await Journal.AppendAsync([Fact("a")], Cancellation);
        await Journal.AppendAsync([Fact("b")], Cancellation);
        await Journal.AppendAsync([Fact("c")], Cancellation);

        Assert.True(await waiting);
        Assert.Equal("c", watch.Current.Fact.Id);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_watch_ends_when_cancelled()
    {
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using IAsyncEnumerator<JournalEntry> watch =
            Journal.WatchAsync(0, source.Token).GetAsyncEnumerator(CancellationToken.None);
        ValueTask<bool> waiting = watch.MoveNextAsync();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_watch_ends_when_the_store_is_closed()
    {
        await using IAsyncEnumerator<JournalEntry> watch = Watch(0);
        ValueTask<bool> waiting = watch.MoveNextAsync();

        await Trial.CloseAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await waiting);
    }

    [Fact(Timeout = HangMs)]
    public async Task Every_watch_sees_every_entry_once_and_in_order_while_many_append()
    {
        const int writers = 16, factsEach = 25, watches = 4;
        Task<JournalEntry[]>[] watching =
            [.. Enumerable.Range(0, watches).Select(_ => Task.Run(() => WatchAsync(writers * factsEach)))];

        ConcurrentDictionary<string, long> answered = await AppendFromManyAsync(writers, factsEach);

        foreach (JournalEntry[] seen in await Task.WhenAll(watching))
        {
            RequireChained(seen);
            Assert.All(seen, entry => Assert.Equal(answered[entry.Fact.Id], entry.Position));
        }
    }

    [Fact(Timeout = HangMs)]
    public async Task The_same_facts_appended_by_many_at_once_are_there_once()
    {
        JournalFact[] facts = [Fact("a"), Fact("b"), Fact("c")];

        long[] positions = await Task.WhenAll(Enumerable.Range(0, 64).Select(
            _ => Task.Run(async () => await Journal.AppendAsync(facts, Cancellation))));

        Assert.All(positions, static position => Assert.Equal(3, position));
        RequireChained(await Journal.ReadAsync(0, IJournal.ReadMax, Cancellation));
        Assert.Equal(3, (await Journal.ReadAsync(0, IJournal.ReadMax, Cancellation)).Count);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_call_that_is_cancelled_from_the_start_does_nothing()
    {
        CancellationToken cancelled = new(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Journal.AppendAsync([Fact("a")], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Journal.ReadAsync(0, 1, cancelled));

        Assert.Empty(await Journal.ReadAsync(0, 1, Cancellation));
    }

    [Fact(Timeout = HangMs)]
    public async Task A_closed_store_refuses_every_call()
    {
        IJournal journal = Journal;
        await Trial.CloseAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await journal.AppendAsync([Fact("a")], Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.ReadAsync(0, 1, Cancellation));
        await using IAsyncEnumerator<JournalEntry> watch =
            journal.WatchAsync(0, Cancellation).GetAsyncEnumerator(Cancellation);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await watch.MoveNextAsync());
    }

    private IAsyncEnumerator<JournalEntry> Watch(long position) =>
        Journal.WatchAsync(position, Cancellation).GetAsyncEnumerator(Cancellation);

    private static async Task<string> NextIdAsync(IAsyncEnumerator<JournalEntry> watch)
    {
        Assert.True(await watch.MoveNextAsync());
        return watch.Current.Fact.Id;
    }

    private async Task<JournalEntry[]> WatchAsync(int count)
    {
        List<JournalEntry> seen = [];
        await foreach (JournalEntry entry in Journal.WatchAsync(0, Cancellation))
        {
            seen.Add(entry);
            if (seen.Count == count)
            {
                break;
            }
        }

        return [.. seen];
    }

    private async Task<ConcurrentDictionary<string, long>> AppendFromManyAsync(int writers, int factsEach)
    {
        ConcurrentDictionary<string, long> answered = new();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < factsEach; i++)
            {
                string id = $"w{writer}-{i}";
                answered[id] = await Journal.AppendAsync([Fact(id)], Cancellation);
            }
        })));
        return answered;
    }
}
