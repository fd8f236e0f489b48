namespace H2H.Throttle.Engine.Tests.Telemetry;

/// <summary>At most five attributes, compared without taking memory.</summary>
internal readonly record struct Tags(
    int Count,
    KeyValuePair<string, object?> One,
    KeyValuePair<string, object?> Two,
    KeyValuePair<string, object?> Three,
    KeyValuePair<string, object?> Four,
    KeyValuePair<string, object?> Five)
{
    public static Tags Of(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        new(tags.Length, At(tags, 0), At(tags, 1), At(tags, 2), At(tags, 3), At(tags, 4));

    public override int GetHashCode() => HashCode.Combine(One.Value, Two.Value, Three.Value, Four.Value, Five.Value);

    public bool Equals(Tags other) => Count == other.Count
        && Same(One, other.One) && Same(Two, other.Two) && Same(Three, other.Three)
        && Same(Four, other.Four) && Same(Five, other.Five);

    public override string ToString() => string.Join(
        ' ',
        ((KeyValuePair<string, object?>[])[One, Two, Three, Four, Five]).Take(Count)
            .Select(static tag => $"{tag.Key}={tag.Value}"));

    private static bool Same(KeyValuePair<string, object?> one, KeyValuePair<string, object?> other) =>
        one.Key == other.Key && Equals(one.Value, other.Value);

    private static KeyValuePair<string, object?> At(ReadOnlySpan<KeyValuePair<string, object?>> tags, int place) =>
        place < tags.Length ? tags[place] : default;
}
