namespace H2H.Throttle.Engine.People;

/// <summary>
/// How many of those whom a store near by would have to look for are nobody there yet. Safe from any thread.
/// </summary>
/// <remarks>
/// An exponential moving average over some two hundred people, in which one of two who are met at once may be left out.
/// To take somebody for new spares a look into the file, and costs a second commit if it is wrong: so nearly all have
/// to be. A campaign to people who were never dealt with is like that; where most are met again, it never is.
/// </remarks>
internal sealed class Newcomers
{
    private const int All = 1 << 16;
    private const int Most = All / 8 * 7;
    private const int Slowness = 64;

    private int share;   // of All

    /// <summary>Whether the next is likely to be new; false until some have been met.</summary>
    public bool AreUsual => Volatile.Read(ref share) > Most;

    /// <summary>Somebody was looked for, or taken for new.</summary>
    public void Meet(bool isNew)
    {
        int before = Volatile.Read(ref share);
        Volatile.Write(ref share, before + (((isNew ? All : 0) - before) / Slowness));
    }
}
