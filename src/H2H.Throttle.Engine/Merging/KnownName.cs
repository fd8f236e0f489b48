using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>Another name by which a person is found. What it reads is not known: only its keyed hash is kept.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Since">When it was linked, or the person behind it joined.</param>
/// <param name="IsMerged">Whether a person was behind it who was joined.</param>
public sealed record KnownName(AliasKind Kind, Instant Since, bool IsMerged);
