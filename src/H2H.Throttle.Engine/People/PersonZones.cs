using System.Collections.Immutable;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Checks where a caller says that a person is.</summary>
internal static class PersonZones
{
    /// <summary>
    /// Meaningless if a problem was added. What is known for certain replaces candidates, and they it.
    /// </summary>
    public static Func<Person, Person> Read(PersonDraft draft, Problems problems)
    {
        DateTimeZone? zone = string.IsNullOrEmpty(draft.Zone) ? null : ReadOne(draft.Zone, "person.zone", problems);
        ImmutableArray<DateTimeZone> zones = draft.Zones is { } ids ? ReadMany(ids, problems) : [];
        problems.Require(
            zone is null || zones.IsEmpty,
            ProblemReason.FieldNotAllowed,
            "person.zones",
            "person.zones are the candidates where the zone is not known; leave them out, or person.zone.");
        return (zone, zones) switch
        {
            ({ } known, _) => person => Set(person, [known]),
            (_, { IsEmpty: false }) => person => Set(person, zones),
            _ => person => person with
            {
                Zone = draft.Zone is null ? person.Zone : null,
                Zones = draft.Zones is null ? person.Zones : [],
            },
        };
    }

    /// <summary>The person in one of these zones: known for certain if there is but one. None says nothing.</summary>
    public static Person Set(Person person, ImmutableArray<DateTimeZone> candidates) => candidates switch
    {
        [] => person,
        [var only] => person with { Zone = only, Zones = [] },
        _ => person with { Zone = null, Zones = candidates },
    };

    public static IEnumerable<string> ContentOf(PersonDraft draft) =>
        draft.Zones is { } zones ? zones.Prepend("zones") : [];

    private static ImmutableArray<DateTimeZone> ReadMany(ImmutableArray<string> ids, Problems problems)
    {
        problems.Require(
            ids.Length <= Person.ZonesMax,
            ProblemReason.ZoneUnknown,
            "person.zones",
            $"person.zones has {ids.Length} zones; at most {Person.ZonesMax} are allowed.");
        return
        [
            .. ids.Select((id, i) => ReadOne(id, $"person.zones[{i}]", problems))
                .OfType<DateTimeZone>()
                .DistinctBy(static zone => zone.Id),
        ];
    }

    private static DateTimeZone? ReadOne(string id, string field, Problems problems)
    {
        DateTimeZone? zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        problems.Require(
            zone is not null,
            ProblemReason.ZoneUnknown,
            field,
            $"{field} is no IANA time zone; give one such as Europe/Rome, or leave it empty.");
        return zone;
    }
}
