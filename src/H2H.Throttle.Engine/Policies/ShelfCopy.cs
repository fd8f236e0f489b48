namespace H2H.Throttle.Engine.Policies;

/// <summary>What is known here of the versions, shared by all through whom the shelf is seen.</summary>
internal sealed class ShelfCopy
{
    private volatile Shelf? shelf;

    /// <summary>Null: nothing is known yet.</summary>
    public Shelf? Shelf
    {
        get => shelf;
        set => shelf = value;
    }

    /// <summary>Of whoever publishes, or looks what was published.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);
}
