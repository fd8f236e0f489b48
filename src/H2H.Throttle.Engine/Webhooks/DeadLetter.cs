using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>An event that a receiver did not take, however often it was tried.</summary>
/// <param name="Position">Where in the journal it is, which has all of it.</param>
/// <param name="Kind">Of the fact.</param>
/// <param name="HappenedAt">When the fact happened.</param>
/// <param name="DiedAt">When it was tried for the last time.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Why">Why the last try failed.</param>
public sealed record DeadLetter(
    long Position, string Kind, Instant HappenedAt, Instant DiedAt, int Tries, string Why);
