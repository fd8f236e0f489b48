using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>The answer to Confirm.</summary>
/// <param name="Contact">As it stands now.</param>
/// <param name="IsLate">It was confirmed after its time to live.</param>
/// <param name="IsRevoked">An opt-out, a consent taken back or a hold had revoked it.</param>
/// <param name="Overshoot">What the contact breaks; empty if it was in time and stayed where it was reserved.</param>
public sealed record ConfirmResult(
    KnownContact Contact, bool IsLate, bool IsRevoked, ImmutableArray<Reason> Overshoot);
