using H2H.Throttle.Engine.Merging;

namespace H2H.Throttle.Engine.Identity;

/// <summary>What a caller calls a person by.</summary>
/// <param name="Key">Of the record that is found by it, which may point to another.</param>
/// <param name="Kind">Whether it is the caller's id or an address.</param>
internal sealed record PersonName(PersonKey Key, AliasKind Kind);
