using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>Tells why a contact would be allowed or not. Changes nothing. Safe from any thread.</summary>
/// <remarks>Throws what <see cref="Throttler"/> throws.</remarks>
public sealed class Explainer
{
    private readonly PooledPeople people;
    private readonly PolicyShelf policies;
    private readonly RequestClock clock;
    private readonly AskedReader reader;

    internal Explainer(
        PooledPeople people, PolicyShelf policies, ListShelf lists, IdentityHasher hasher, RequestClock clock) =>
        (this.people, this.policies, this.clock, reader) = (people, policies, clock, new AskedReader(hasher, lists));

    /// <param name="draft">The contact.</param>
    /// <param name="at">The time of the call; null: the clock's.</param>
    /// <param name="overrideReason">Why rules that only warn are to be passed; null or empty: they deny.</param>
    /// <param name="zone">
    /// The IANA name of the zone for times in sentences; null or empty: the person's, else the policy's, else UTC.
    /// </param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<ExplainResult> ExplainAsync(
        ContactDraft draft, Instant? at, string? overrideReason, string? zone, CancellationToken cancellation)
    {
        PolicyInForce version = policies.Current;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        DateTimeZone? given = ReadZone(zone, problems);
        Asked asked = reader.Read(draft, called, overrideReason, version, problems);

        PersonRecord record = await people.LoadAsync(asked.Person, version.Policy, asked.Now, cancellation)
            .ConfigureAwait(false);

        Instant now = Instant.Max(asked.Now, record.LastSeen);
        Attempt attempt = asked.At(now);
        Explanation explanation = Decider.Explain(version.Policy, record.Person, attempt, now);
        DateTimeZone shown = given ?? record.Person.Zone ?? version.Policy.Zone ?? DateTimeZone.Utc;
        return new ExplainResult(
            record.Key,
            Verdict.Of(explanation.Decision, version, attempt.At),
            explanation,
            [.. explanation.Contacts.Select(one => KnownContact.Of(record.Key, one, version.Policy, now))],
            shown,
            new Telling(shown));
    }

    private static DateTimeZone? ReadZone(string? id, Problems problems)
    {
        if (string.IsNullOrEmpty(id))
        {
            return null;
        }

        DateTimeZone? zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        problems.Require(
            zone is not null,
            ProblemReason.ZoneUnknown,
            "time_zone",
            "time_zone is no IANA time zone; give one such as Europe/Rome, or leave it empty.");
        return zone;
    }
}
