namespace H2H.Throttle.Engine.Journals;

/// <summary>Follows the chain of a journal, entry by entry, and tells where it is broken. For one thread.</summary>
/// <remarks>
/// Whoever can write everywhere can hash everything anew; and a journal without its last entries is whole. Both show
/// only against an entry that was written down elsewhere.
/// </remarks>
/// <param name="written">An entry that was written down before; null: none was.</param>
public sealed class ChainCheck(JournalMark? written)
{
    private const int AheadMax = 8;

    private readonly List<JournalEntry> ahead = [];
    private readonly List<ChainFault> faults = [];
    private ReadOnlyMemory<byte> before = JournalChain.Root;
    private ReadOnlyMemory<byte> hash = JournalChain.Root;
    private long position;
    private bool isWrittenSeen = written is null;

    /// <summary>How many entries there were.</summary>
    public long Entries { get; private set; }

    /// <summary>The last entry whose hash is one; null: there was none.</summary>
    public JournalMark? Head { get; private set; }

    /// <summary>What was found so far, in the order of positions.</summary>
    public IReadOnlyList<ChainFault> Faults => faults;

    /// <param name="entry">The next, as it is stored.</param>
    public void Add(JournalEntry entry)
    {
        Entries++;
        Head = JournalMark.Of(entry) ?? Head;
        Compare(entry);
        if (ahead.Count == 0 && IsNext(entry))
        {
            Pass(entry);
            return;
        }

        ahead.Add(entry);
        if (ahead.Count == AheadMax)
        {
            Explain();
        }
    }

    /// <summary>There are no more.</summary>
    public void End()
    {
        while (ahead.Count > 0)
        {
            Explain();
        }

        if (!isWrittenSeen && written!.Position > position)
        {
            faults.Add(new ChainFault(ChainFaultKind.CutOff, position + 1, written.Position));
        }
    }

    private bool IsNext(JournalEntry entry) =>
        entry.Position == position + 1 && IsChained(hash, entry, entry.Hash);

    private static bool IsChained(ReadOnlyMemory<byte> before, JournalEntry entry, ReadOnlyMemory<byte> after) =>
        JournalChain.Next(before, entry.Fact).Span.SequenceEqual(after.Span);

    private void Pass(JournalEntry entry) => (before, hash, position) = (hash, entry.Hash, entry.Position);

    private void Compare(JournalEntry entry)
    {
        if (!isWrittenSeen && entry.Position >= written!.Position)
        {
            isWrittenSeen = true;
            if (entry.Position == written.Position && !written.IsOf(entry))
            {
                faults.Add(new ChainFault(ChainFaultKind.Rewritten, entry.Position));
            }
        }
    }

    /// <summary>Says what is wrong with the first of those ahead, and goes on with the others.</summary>
    private void Explain()
    {
        JournalEntry first = ahead[0];
        if (first.Position > position + 1)
        {
            faults.Add(new ChainFault(ChainFaultKind.Missing, position + 1, first.Position - 1));
            Take(first);
        }
        else if (position > 0 && IsChained(before, first, first.Hash))
        {
            faults.Add(new ChainFault(ChainFaultKind.Inserted, position));
            Take(first);
        }
        else if (ahead.FindIndex(1, entry => IsChained(hash, entry, entry.Hash)) is > 0 and int follower)
        {
            Skip(follower);
        }
        else if (ahead.FindIndex(1, entry => IsChained(hash, entry, first.Hash)) is > 0 and int owner)
        {
            faults.Add(new ChainFault(ChainFaultKind.Reordered, first.Position));
            ahead[owner] = ahead[owner] with { Fact = first.Fact };
            Take(first);
        }
        else
        {
            TakeChanged(first);
        }

        while (ahead.Count > 0 && IsNext(ahead[0]))
        {
            Take(ahead[0]);
        }
    }

    private void Take(JournalEntry first)
    {
        ahead.RemoveAt(0);
        Pass(first);
    }

    private void TakeChanged(JournalEntry first)
    {
        faults.Add(new ChainFault(ChainFaultKind.Changed, first.Position));
        ReadOnlyMemory<byte> made = JournalChain.Next(hash, first.Fact);
        bool isHashChanged = ahead.Count > 1 && IsChained(made, ahead[1], ahead[1].Hash);
        Take(isHashChanged ? first with { Hash = made } : first);
    }

    /// <summary>
    /// One further on is the next of the chain: those in front of it were put in, or belong behind it.
    /// </summary>
    private void Skip(int follower)
    {
        JournalEntry next = ahead[follower];
        ahead.RemoveAt(follower);
        (long from, long last) = (ahead[0].Position, ahead[follower - 1].Position);
        bool belongBehind = IsChained(next.Hash, ahead[0], ahead[0].Hash)
            || ahead.Skip(follower).Any(entry => IsChained(entry.Hash, ahead[0], ahead[0].Hash));
        if (!belongBehind)
        {
            faults.Add(new ChainFault(ChainFaultKind.Inserted, from, last));
            ahead.RemoveRange(0, follower);
            Pass(next);
            return;
        }

        // On as if it stood where it belongs, in front of them.
        faults.Add(new ChainFault(ChainFaultKind.Reordered, from, last));
        Pass(next with { Position = from });
        for (int index = 0; index < follower; index++)
        {
            ahead[index] = ahead[index] with { Position = from + 1 + index };
        }
    }
}
