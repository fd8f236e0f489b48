using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Checks what a caller wants to be known of a person.</summary>
internal static class PersonReader
{
    /// <summary>What the draft makes of a person; meaningless if a problem was added.</summary>
    public static Func<Person, Person> Read(PersonDraft draft, Policy policy, Problems problems)
    {
        DateTimeZone? zone = ReadZone(draft.Zone, problems);
        ContactReader.CheckCountry(draft.Country, "person.country", problems);
        CheckAttributes(draft.Attributes, problems);
        ImmutableArray<PersonLimit>? limits = draft.Limits is { } drafts ? ReadLimits(drafts, policy, problems) : null;
        return person => person with
        {
            Zone = draft.Zone is null ? person.Zone : zone,
            Country = draft.Country is null ? person.Country : NullIfEmpty(draft.Country),
            Attributes = draft.Attributes ?? person.Attributes,
            Limits = limits ?? person.Limits,
        };
    }

    public static string ContentOf(PersonDraft draft) => Fingerprint.Of(
        "update",
        [
            draft.Zone, draft.Country,
            draft.Attributes is { } attributes ? Fingerprint.Number(attributes.Count) : null,
            .. draft.Attributes?.Keys ?? [], .. draft.Attributes?.Values ?? [],
            .. (draft.Limits ?? []).SelectMany(static limit => new[]
            {
                limit.Scope.Channel, limit.Scope.Purpose, limit.Scope.Topic, Fingerprint.Number(limit.Contacts),
                    limit.Window,
            }),
        ]);

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
            "person.zone",
            "person.zone is no IANA time zone; give one such as Europe/Rome, or leave it empty.");
        return zone;
    }

    private static void CheckAttributes(ImmutableSortedDictionary<string, string>? attributes, Problems problems) =>
        problems.Require(
            attributes is null
                || (attributes.Count <= Person.AttributesMax && attributes.All(static attribute =>
                    attribute.Key.Length is >= 1 and <= Person.AttributeLengthMax
                    && attribute.Value.Length <= Person.AttributeLengthMax)),
            ProblemReason.AttributesOutOfRange,
            "person.attributes",
            $"person.attributes must be at most {Person.AttributesMax} names of 1 to {Person.AttributeLengthMax} "
            + $"characters with values of at most {Person.AttributeLengthMax}.");

    private static ImmutableArray<PersonLimit> ReadLimits(
        ImmutableArray<LimitDraft> drafts, Policy policy, Problems problems)
    {
        ImmutableArray<PersonLimit>.Builder limits = ImmutableArray.CreateBuilder<PersonLimit>();
        problems.Require(
            drafts.Length <= PersonLimit.LimitsMax,
            ProblemReason.LimitInvalid,
            "person.limits",
            $"person.limits has {drafts.Length} limits; at most {PersonLimit.LimitsMax} are allowed.");
        for (int i = 0; i < drafts.Length; i++)
        {
            LimitDraft draft = drafts[i];
            string field = $"person.limits[{i}]";
            ScopeChecks.Check(draft.Scope, field, policy, problems);
            bool isCap = draft.Contacts is >= 1 and <= PersonLimit.ContactsMax;
            problems.Require(
                isCap,
                ProblemReason.LimitInvalid,
                $"{field}.cap",
                $"{field}.cap must be 1 to {PersonLimit.ContactsMax}; for none at all, opt out.");
            if (!WindowText.TryRead(draft.Window, out Window? window))
            {
                problems.Add(
                    ProblemReason.LimitInvalid,
                    $"{field}.window",
                    $"{field}.window is no window; give one such as rolling 24h, last 7 days, calendar week or "
                    + "lifetime.");
            }
            else if (isCap)
            {
                limits.Add(new PersonLimit(draft.Scope, draft.Contacts, window));
            }
        }

        return limits.ToImmutable();
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
