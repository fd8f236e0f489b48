using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.People;

/// <summary>A person's record as it was last seen; others may have changed it since.</summary>
/// <param name="Record">Version and bytes.</param>
/// <param name="IsInJournal">True if the facts of its outbox are in the journal for certain.</param>
/// <param name="AsOf">
/// It was so at some time after this number was drawn, see <see cref="KnownPeople.Draw"/>; 0: nobody knows since when.
/// </param>
internal sealed record KnownPerson(Record Record, bool IsInJournal, long AsOf = 0)
{
    /// <summary>What is guessed of a person who is not known: that nobody ever dealt with them.</summary>
    public static KnownPerson New { get; } = new(Record.Absent, IsInJournal: true);

    private int looked;   // 0: nobody has looked; 1: it is not moved; 2: it is

    /// <summary>Whether it is but another name of somebody; found out once.</summary>
    /// <exception cref="StoreException">The bytes are damaged.</exception>
    public bool IsMoved
    {
        get
        {
            if (looked == 0)
            {
                looked = Record.Exists && PersonCodec.IsMoved(Record.Value.Span) ? 2 : 1;
            }

            return looked == 2;
        }
    }

    /// <summary>Whether it may be out of date for a call, which drew a number when it came.</summary>
    public bool IsGuess(long came) => AsOf <= came;

    /// <summary>About what it takes in memory, its place among the known included.</summary>
    public long Bytes => OverheadBytes + Record.Value.Length;

    private const int OverheadBytes = 360;
}
