namespace H2H.Throttle.Engine.Simulations;

/// <summary>What became of the contacts that have something in common: a channel, a brand, a week.</summary>
/// <param name="Name">What; empty: it was not given.</param>
/// <param name="Contacts">How many there were.</param>
/// <param name="Refused">Those that the candidate refuses.</param>
/// <param name="NewlyRefused">Those that it refuses and that would have been allowed, or were.</param>
/// <param name="NewlyAllowed">Those that it allows and that would have been refused, or were.</param>
public sealed record SimulatedGroup(string Name, long Contacts, long Refused, long NewlyRefused, long NewlyAllowed);
