namespace H2H.Throttle.Engine.Identity;

/// <summary>Stands for a pool in the stores: a keyed hash of its kind and id, 22 characters of base64url.</summary>
public readonly record struct PoolKey : IComparable<PoolKey>
{
    public const int Length = 22;

    public PoolKey(string text)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(text.Length, Length, nameof(text));
        Text = text;
    }

    public string Text { get; }

    public int CompareTo(PoolKey other) => string.CompareOrdinal(Text, other.Text);

    public override string ToString() => Text;

    public static bool operator <(PoolKey left, PoolKey right) => left.CompareTo(right) < 0;

    public static bool operator >(PoolKey left, PoolKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(PoolKey left, PoolKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PoolKey left, PoolKey right) => left.CompareTo(right) >= 0;
}
