using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.People;

namespace H2H.Throttle.Engine.Merging;

/// <summary>What one version of a person has that another has not, their contacts and events left out.</summary>
internal static class Difference
{
    /// <summary>All that <paramref name="one"/> has and <paramref name="other"/> has not, or has otherwise.</summary>
    public static Person Of(Person one, Person other) => new()
    {
        Zone = Equals(one.Zone, other.Zone) ? null : one.Zone,
        Zones = [.. one.Zones.Except(other.Zones)],
        Country = one.Country == other.Country ? null : one.Country,
        Attributes = one.Attributes.RemoveRange(one.Attributes.Intersect(other.Attributes).Select(static a => a.Key)),
        Statements = Statements.Of(one.Statements.Items.Except(other.Statements.Items)),
        Snoozes = [.. one.Snoozes.Except(other.Snoozes)],
        Limits = [.. one.Limits.Except(other.Limits)],
        QuietTimes = [.. one.QuietTimes.Except(other.QuietTimes)],
        Consents = [.. one.Consents.Except(other.Consents, SameConsent.Comparer)],
        Holds = one.Holds.Except(other.Holds),
        Pools = one.Pools.RemoveRange(one.Pools.Where(pool => IsSame(pool, other)).Select(static pool => pool.Key)),
    };

    /// <summary>A later version of a person without what was gained once, and with what was lost by it.</summary>
    public static Person Undo(Person person, Person gained, Person lost) => person with
    {
        Zone = gained.Zone is not null && gained.Zone.Equals(person.Zone) ? lost.Zone : person.Zone ?? lost.Zone,
        Zones = lost.Zone is null ? [.. person.Zones.Except(gained.Zones).Union(lost.Zones)] : [],
        Country = gained.Country is not null && gained.Country == person.Country ? lost.Country : person.Country,
        Attributes = person.Attributes.RemoveRange(
            gained.Attributes.Intersect(person.Attributes).Select(static one => one.Key)),
        Statements = Statements.Of(person.Statements.Items.Except(gained.Statements.Items)
            .Union(lost.Statements.Items).OrderBy(static statement => statement.At)),
        Snoozes = [.. person.Snoozes.Except(gained.Snoozes)],
        Limits = [.. person.Limits.Except(gained.Limits)],
        QuietTimes = [.. person.QuietTimes.Except(gained.QuietTimes)],
        Consents =
        [
            .. person.Consents.Except(gained.Consents, SameConsent.Comparer)
                .Union(lost.Consents, SameConsent.Comparer),
        ],
        Holds = person.Holds.Except(gained.Holds),
        Pools = person.Pools.RemoveRange(
            person.Pools.Where(pool => IsSame(pool, gained)).Select(static pool => pool.Key)),
    };

    private static bool IsSame(KeyValuePair<string, Pool> pool, Person other) =>
        other.Pools.TryGetValue(pool.Key, out Pool? same) && same.Key == pool.Value.Key;
}
