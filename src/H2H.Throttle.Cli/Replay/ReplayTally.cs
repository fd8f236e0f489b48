namespace H2H.Throttle.Cli.Replay;

/// <summary>Counts what became of the calls. Safe from any thread.</summary>
internal sealed class ReplayTally
{
    private int made;
    private int refused;
    private int known;
    private int salesTouched;

    /// <summary>Calls that were allowed.</summary>
    public int Made => Volatile.Read(ref made);

    /// <summary>Calls that were refused.</summary>
    public int Refused => Volatile.Read(ref refused);

    /// <summary>Calls of which the server knew already what became of them, so that they were not sent again.</summary>
    public int Known => Volatile.Read(ref known);

    /// <summary>Sales whose call was refused.</summary>
    public int SalesTouched => Volatile.Read(ref salesTouched);

    public int Done => Made + Refused;

    /// <param name="isAllowed">The answer.</param>
    /// <param name="isKnown">It was known from before.</param>
    /// <param name="isSale">The call was the one that sold.</param>
    public void Count(bool isAllowed, bool isKnown, bool isSale)
    {
        Interlocked.Increment(ref isAllowed ? ref made : ref refused);
        if (isKnown)
        {
            Interlocked.Increment(ref known);
        }

        if (isSale && !isAllowed)
        {
            Interlocked.Increment(ref salesTouched);
        }
    }
}
