using System.Collections.Immutable;
using H2H.Throttle.Engine.Journals;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Journals;

/// <summary>Journals that were tampered with, and what is told of them.</summary>
public sealed class ChainCheckTests
{
    private const int Length = 30;

    private static readonly JournalFact[] Facts =
    [
        .. Enumerable.Range(0, 200).Select(static number => new JournalFact(
            $"f{number}", Instant.FromUnixTimeTicks(number), "opt_out", "p1", ReadOnlyMemory<byte>.Empty)),
    ];

    public static TheoryData<int> Places => [1, 2, 7, 15, Length - 2, Length - 1, Length];

    [Fact]
    public void A_chain_that_is_whole_has_no_faults_and_tells_its_head()
    {
        ImmutableArray<JournalEntry> journal = Make();

        ChainCheck check = Follow(journal);

        Assert.Empty(check.Faults);
        Assert.Equal(Length, check.Entries);
        Assert.True(check.Head!.IsOf(journal[^1]));
        Assert.Null(Follow([]).Head);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void An_entry_whose_fact_was_changed_is_named(int position) => RequireFault(
        new ChainFault(ChainFaultKind.Changed, position),
        Make().SetItem(position - 1, Make()[position - 1] with { Fact = Fact(99) }));

    [Theory]
    [MemberData(nameof(Places))]
    public void An_entry_whose_hash_was_changed_is_named(int position) => RequireFault(
        new ChainFault(ChainFaultKind.Changed, position),
        Make().SetItem(position - 1, Make()[position - 1] with { Hash = new byte[32] }));

    [Theory]
    [MemberData(nameof(Places))]
    public void An_entry_whose_hash_was_wiped_is_named(int position) => RequireFault(
        new ChainFault(ChainFaultKind.Changed, position),
        Make().SetItem(position - 1, Make()[position - 1] with { Hash = ReadOnlyMemory<byte>.Empty }));

    [Theory]
    [MemberData(nameof(Places))]
    public void An_entry_that_is_gone_is_named_wherever_others_follow_it(int position)
    {
        if (position < Length)
        {
            RequireFault(new ChainFault(ChainFaultKind.Missing, position), Make().RemoveAt(position - 1));
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void An_entry_that_is_gone_is_noticed_although_the_rest_was_counted_anew(int position)
    {
        if (position < Length)
        {
            RequireFault(
                new ChainFault(ChainFaultKind.Changed, position), Numbered(Make().RemoveAt(position - 1)));
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void An_entry_that_was_put_in_is_named(int position)
    {
        if (position < Length)
        {
            JournalEntry forged = new(position, Fact(99), new byte[32]);
            RequireFault(
                new ChainFault(ChainFaultKind.Inserted, position), Numbered(Make().Insert(position - 1, forged)));
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void An_entry_that_was_put_in_with_the_hash_of_its_place_is_named(int position)
    {
        ReadOnlyMemory<byte> before = position == 1 ? JournalChain.Root : Make()[position - 2].Hash;
        JournalEntry forged = new(position, Fact(99), JournalChain.Next(before, Fact(99)));

        RequireFault(
            new ChainFault(ChainFaultKind.Inserted, position), Numbered(Make().Insert(position - 1, forged)));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Two_entries_that_changed_places_are_named(int position)
    {
        if (position < Length)
        {
            ImmutableArray<JournalEntry> journal = Make();
            RequireFault(
                new ChainFault(ChainFaultKind.Reordered, position),
                Numbered(journal.SetItem(position - 1, journal[position]).SetItem(position, journal[position - 1])));
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Two_facts_that_changed_places_are_named(int position)
    {
        if (position < Length)
        {
            (JournalEntry one, JournalEntry other) = (Make()[position - 1], Make()[position]);
            RequireFault(
                new ChainFault(ChainFaultKind.Reordered, position),
                Make().SetItem(position - 1, one with { Fact = other.Fact })
                    .SetItem(position, other with { Fact = one.Fact }));
        }
    }

    [Fact]
    public void An_entry_that_was_moved_further_back_shows_those_that_took_its_place()
    {
        ImmutableArray<JournalEntry> journal = Make();

        RequireFault(
            new ChainFault(ChainFaultKind.Reordered, 5, 7),
            Numbered(journal.RemoveAt(4).Insert(7, journal[4])));
    }

    [Fact]
    public void A_stretch_that_is_gone_is_told_from_end_to_end() =>
        RequireFault(new ChainFault(ChainFaultKind.Missing, 11, 20), Make().RemoveRange(10, 10));

    [Theory]
    [MemberData(nameof(Places))]
    public void What_was_cut_off_shows_against_an_entry_that_was_written_down_and_against_none_not(int kept)
    {
        ImmutableArray<JournalEntry> cut = [.. Make().Take(kept - 1)];

        Assert.Empty(Follow(cut).Faults);
        Assert.Equal(
            [new ChainFault(ChainFaultKind.CutOff, kept, Length)],
            Follow(cut, MarkOf(Make()[^1])).Faults);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_journal_that_was_hashed_anew_shows_against_any_entry_written_down_from_there_on(int changed)
    {
        ImmutableArray<JournalEntry> anew = Make(index => index == changed ? Fact(99) : Fact(index));

        Assert.Empty(Follow(anew).Faults);
        Assert.Equal(
            [new ChainFault(ChainFaultKind.Rewritten, Length)],
            Follow(anew, MarkOf(Make()[^1])).Faults);
        if (changed > 1)
        {
            Assert.Empty(Follow(anew, MarkOf(Make()[changed - 2])).Faults);
        }
    }

    [Fact]
    public void A_journal_that_grew_since_holds_what_was_written_down() =>
        Assert.Empty(Follow(Make(), MarkOf(Make()[9])).Faults);

    [Fact]
    public void Faults_far_apart_are_each_told_and_nothing_between_them()
    {
        ImmutableArray<JournalEntry> journal = Make();
        journal = journal.SetItem(2, journal[2] with { Fact = Fact(98) })
            .SetItem(20, journal[20] with { Fact = Fact(99) }).RemoveAt(11);

        Assert.Equal(
            [
                new ChainFault(ChainFaultKind.Changed, 3),
                new ChainFault(ChainFaultKind.Missing, 12),
                new ChainFault(ChainFaultKind.Changed, 21),
            ],
            Follow(journal).Faults);
    }

    [Fact]
    public void Whatever_is_done_to_a_journal_shows_unless_it_is_as_before()
    {
        Random dice = new(20260302);
        for (int trial = 0; trial < 2_000; trial++)
        {
            ImmutableArray<JournalEntry> tampered = Make();
            for (int times = dice.Next(1, 4); times > 0; times--)
            {
                tampered = Tamper(tampered, dice);
            }

            bool isWhole = tampered.Length == Length && tampered.Zip(Make()).All(static pair =>
                pair.First.Position == pair.Second.Position
                && pair.First.Fact == pair.Second.Fact
                && pair.First.Hash.Span.SequenceEqual(pair.Second.Hash.Span));
            Assert.Equal(isWhole, Follow(tampered, MarkOf(Make()[^1])).Faults.Count == 0);
        }
    }

    private static ImmutableArray<JournalEntry> Tamper(ImmutableArray<JournalEntry> journal, Random dice)
    {
        int index = dice.Next(journal.Length);
        JournalEntry entry = journal[index];
        return dice.Next(6) switch
        {
            0 => journal.SetItem(index, entry with { Fact = Fact(dice.Next(100, 200)) }),
            1 => journal.SetItem(index, entry with { Hash = Make()[dice.Next(Length)].Hash }),
            2 => journal.RemoveAt(index),
            3 => Numbered(journal.RemoveAt(index)),
            4 => Numbered(journal.Insert(index, new JournalEntry(1, Fact(dice.Next(100, 200)), entry.Hash))),
            _ => Numbered(journal.RemoveAt(index).Insert(dice.Next(journal.Length - 1), entry)),
        };
    }

    private static void RequireFault(ChainFault expected, ImmutableArray<JournalEntry> journal)
    {
        Assert.Equal([expected], Follow(journal).Faults);
        Assert.Contains($"{expected.Position}", expected.ToString(), StringComparison.Ordinal);
    }

    private static ChainCheck Follow(ImmutableArray<JournalEntry> journal, JournalMark? written = null)
    {
        ChainCheck check = new(written);
        foreach (JournalEntry entry in journal)
        {
            check.Add(entry);
        }

        check.End();
        return check;
    }

    private static JournalMark MarkOf(JournalEntry entry) => new(entry.Position, entry.Hash);

    private static ImmutableArray<JournalEntry> Numbered(ImmutableArray<JournalEntry> journal) =>
        [.. journal.Select(static (entry, index) => entry with { Position = index + 1 })];

    private static ImmutableArray<JournalEntry> Make(Func<int, JournalFact>? factOf = null)
    {
        ReadOnlyMemory<byte> hash = JournalChain.Root;
        return
        [
            .. Enumerable.Range(1, Length).Select(position =>
            {
                JournalFact fact = (factOf ?? Fact)(position);
                hash = JournalChain.Next(hash, fact);
                return new JournalEntry(position, fact, hash);
            }),
        ];
    }

    private static JournalFact Fact(int number) => Facts[number];
}
