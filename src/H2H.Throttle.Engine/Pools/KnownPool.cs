namespace H2H.Throttle.Engine.Pools;

/// <summary>What is known of a pool.</summary>
/// <param name="Membership">Which it is.</param>
/// <param name="People">How many are in it.</param>
/// <param name="Contacts">
/// How many contacts of theirs are known, made, reserved and planned; those that were given back are left out.
/// </param>
public sealed record KnownPool(Membership Membership, int People, int Contacts);
