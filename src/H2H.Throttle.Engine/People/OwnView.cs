using System.Collections.Immutable;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>All that a person is shown of what is known of them.</summary>
/// <param name="Person">As known.</param>
/// <param name="Contacts">Newest first; at most <see cref="ContactsMax"/>.</param>
/// <param name="Refusals">Who asked and was denied, the latest first.</param>
/// <param name="History">What they said, the latest first.</param>
/// <param name="Policy">In force.</param>
/// <param name="Now">When this was so.</param>
public sealed record OwnView(
    Person Person,
    ImmutableArray<KnownContact> Contacts,
    ImmutableArray<Refusals> Refusals,
    ImmutableArray<HistoryEntry> History,
    Policy Policy,
    Instant Now)
{
    public const int ContactsMax = 100;
}
