namespace H2H.Throttle.Core.Rules;

/// <summary>The last slots of a cap, which only some contacts may take.</summary>
public sealed record KeptSlots
{
    /// <param name="slots">How many: at least 1.</param>
    /// <param name="for">Who may take them.</param>
    public KeptSlots(int slots, Matcher @for)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        (Slots, For) = (slots, @for);
    }

    public int Slots { get; }

    public Matcher For { get; }
}
