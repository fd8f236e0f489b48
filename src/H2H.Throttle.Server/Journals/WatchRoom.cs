namespace H2H.Throttle.Server.Journals;

/// <summary>Lets only so many watch the journal at once. Safe from any thread.</summary>
internal sealed class WatchRoom
{
    public const int WatchesMax = 1000;

    private int watches;

    /// <summary>Lets one more watch; then <see cref="Leave"/> must follow. False: too many do.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref watches) <= WatchesMax)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref watches);
}
