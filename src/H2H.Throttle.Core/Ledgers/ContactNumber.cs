namespace H2H.Throttle.Core.Ledgers;

/// <summary>Names a contact among all that one person ever had: unique, rising, never used again.</summary>
/// <remarks>
/// It starts from the instant of the decision (100 ns ticks since 1970), so it outlives a forgotten ledger.
/// </remarks>
public readonly record struct ContactNumber(long Value) : IComparable<ContactNumber>
{
    public int CompareTo(ContactNumber other) => Value.CompareTo(other.Value);

    public static bool operator <(ContactNumber left, ContactNumber right) => left.Value < right.Value;

    public static bool operator >(ContactNumber left, ContactNumber right) => left.Value > right.Value;

    public static bool operator <=(ContactNumber left, ContactNumber right) => left.Value <= right.Value;

    public static bool operator >=(ContactNumber left, ContactNumber right) => left.Value >= right.Value;
}
