using Pipelines.Sockets.Unofficial;
using Pipelines.Sockets.Unofficial.Arenas;

namespace H2H.Throttle.Standins.Tests.Pipes;

public sealed class ArenaTests
{
    [Fact]
    public void Sequences_lent_out_do_not_overlap_and_are_clear_until_reset_and_after()
    {
        using Arena<string?> arena = new();
        for (int round = 0; round < 3; round++)
        {
            List<Sequence<string?>> lent = [];
            foreach (int length in (int[])[0, 1, 7, 300, 511, 512, 513, 5000, 3])
            {
                Sequence<string?> sequence = arena.Allocate(length);
                Assert.Equal(length, sequence.Length);
                Assert.True(sequence.FirstSpan.IndexOfAnyExcept((string?)null) < 0, "It was not clear.");
                sequence.FirstSpan.Fill($"{round}/{length}");
                lent.Add(sequence);
            }

            Assert.All(lent, sequence => Assert.Equal(
                Enumerable.Repeat($"{round}/{sequence.Length}", (int)sequence.Length),
                sequence.ToArray(static (in string? value) => value)));
            arena.Reset();
        }
    }

    [Fact]
    public void A_sequence_is_gone_through_by_reference_by_segment_and_by_index()
    {
        using Arena<int> arena = new(new ArenaOptions(ArenaFlags.ClearAtReset));
        Sequence<int> sequence = arena.Allocate(3);
        Sequence<int>.Enumerator numbers = sequence.GetEnumerator();
        for (int i = 1; i <= 3; i++)
        {
            numbers.GetNext() = i;
        }

        int sum = 0;
        foreach (Span<int> segment in sequence.Spans)
        {
            sum += segment[0] + segment[1] + segment[2];
        }

        Assert.Equal(6, sum);
        Assert.Equal(2, sequence[1]);
        Assert.False(numbers.MoveNext());
        Assert.Equal([11, 12, 13], sequence.ToArray(static (in int value, in int more) => value + more, 10));
        Assert.Equal([1, 2, 3], sequence.Untyped().Cast<int>().FirstSpan.ToArray());
        Assert.Equal(0, default(Sequence).Cast<int>().Length);
        Assert.True(default(Sequence<int>).IsEmpty);
    }

    [Fact]
    public void A_destination_too_short_is_refused()
    {
        using Arena<int> arena = new();
        Sequence<int> sequence = arena.Allocate(3);

        Assert.Throws<ArgumentException>(() => sequence.CopyTo(new int[2], static (in int value) => value));
    }

    [Fact]
    public void The_handlers_of_an_event_are_gone_through_in_their_order()
    {
        List<int> called = [];
        Action handlers = () => called.Add(1);
        Assert.True(Delegates.IsSingle(handlers));
        handlers += () => called.Add(2);

        foreach (Action handler in Delegates.AsEnumerable(handlers))
        {
            handler();
        }

        Assert.False(Delegates.IsSingle(handlers));
        Assert.Equal([1, 2], called);
    }
}
