using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>What one rule of the candidate did.</summary>
/// <param name="Rule">Its name, or that of what is always in force.</param>
/// <param name="Effect">Only one that denies refuses; the others would have warned of or observed as many.</param>
/// <param name="Contacts">Contacts that break it, among those that the candidate was asked for.</param>
/// <param name="Alone">Those of them that break no other rule that denies: without it they would be allowed.</param>
/// <param name="People">How many people had such a contact.</param>
public sealed record SimulatedRule(string Rule, Effect Effect, long Contacts, long Alone, long People);
