using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>A part of the dead letters of a webhook.</summary>
/// <param name="Letters">The oldest first.</param>
/// <param name="Next">Where to go on; null: there is no more.</param>
public sealed record DeadLetterPage(ImmutableArray<DeadLetter> Letters, string? Next);
