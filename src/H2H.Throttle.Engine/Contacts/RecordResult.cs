using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>The answer to Record: the contact, and what it breaks; empty if it would have been allowed.</summary>
public sealed record RecordResult(KnownContact Contact, ImmutableArray<Reason> Overshoot);
