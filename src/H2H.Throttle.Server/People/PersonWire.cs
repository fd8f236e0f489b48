using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime.Text;
using Known = H2H.Throttle.Core.People.Person;
using PersonLimit = H2H.Throttle.Wire.PersonLimit;
using PersonQuiet = H2H.Throttle.Wire.PersonQuiet;

namespace H2H.Throttle.Server.People;

/// <summary>What is known of people, on the wire.</summary>
internal static class PersonWire
{
    private const string Zone = "zone";
    private const string Zones = "zones";
    private const string Country = "country";
    private const string Attributes = "attributes";
    private const string Limits = "limits";
    private const string QuietTimes = "quiet_times";

    private static readonly ImmutableArray<string> Changeable = [Zone, Zones, Country, Attributes, Limits, QuietTimes];

    /// <summary>The parts of the person that the mask names; without a mask, those that are set.</summary>
    public static PersonDraft Read(Person? person, FieldMask? mask, Violations violations)
    {
        if (person is null)
        {
            violations.Add(
                "person", ErrorReason.FieldMissing, "person is missing; give its person_id and what changes.");
            return new PersonDraft();
        }

        ImmutableHashSet<string> paths = mask is null ? SetIn(person) : Read(mask, violations);
        return new PersonDraft
        {
            Zone = paths.Contains(Zone) ? person.Zone : null,
            Zones = paths.Contains(Zones) ? [.. person.Zones] : null,
            Country = paths.Contains(Country) ? person.Country : null,
            Attributes = paths.Contains(Attributes)
                ? person.Attributes.ToImmutableSortedDictionary(StringComparer.Ordinal)
                : null,
            Limits = paths.Contains(Limits) ? [.. person.Limits.Select(Read)] : null,
            QuietTimes = paths.Contains(QuietTimes) ? [.. person.QuietTimes.Select(Read)] : null,
        };
    }

    public static Person Write(Known known)
    {
        Person person = new() { Zone = known.Zone?.Id ?? "", Country = known.Country ?? "" };
        person.Attributes.Add(known.Attributes);
        person.Zones.AddRange(known.Zones.Select(static zone => zone.Id));
        person.QuietTimes.AddRange(known.QuietTimes.Select(static quiet => new PersonQuiet
        {
            Times = quiet.Text,
            Until = quiet.Until is { } last ? LocalDatePattern.Iso.Format(last) : "",
            Channel = quiet.Scope.Channel ?? "",
            Purpose = quiet.Scope.Purpose ?? "",
            Topic = quiet.Scope.Topic ?? "",
            Brand = quiet.Scope.Brand ?? "",
        }));
        person.Holds.AddRange(known.Holds.Order(StringComparer.Ordinal));
        person.Pools.AddRange(Membership.Of(known).Select(PoolWire.Write));
        person.Limits.AddRange(known.Limits.Select(static limit => new PersonLimit
        {
            Cap = limit.Contacts,
            Window = limit.Window.ToString(),
            Channel = limit.Scope.Channel ?? "",
            Purpose = limit.Scope.Purpose ?? "",
            Topic = limit.Scope.Topic ?? "",
            Brand = limit.Scope.Brand ?? "",
        }));
        return person;
    }

    public static EventDraft Read(RecordEventRequest request, Violations violations) => new(request.Name)
    {
        About = new Scope(NullIfEmpty(request.Channel), NullIfEmpty(request.Purpose), NullIfEmpty(request.Topic)),
        Brand = request.Brand,
        Subjects = [.. request.Subjects],
        HappenedAt = TimeWire.Read(request.HappenedAt, "happened_at", violations),
        Source = request.Source,
    };

    private static LimitDraft Read(PersonLimit limit) => new(
        ScopeOf(limit.Channel, limit.Purpose, limit.Topic, limit.Brand),
        limit.Cap,
        limit.Window);

    private static QuietDraft Read(PersonQuiet quiet) => new(
        ScopeOf(quiet.Channel, quiet.Purpose, quiet.Topic, quiet.Brand),
        quiet.Times,
        quiet.Until);

    private static Scope ScopeOf(string channel, string purpose, string topic, string brand) =>
        new(NullIfEmpty(channel), NullIfEmpty(purpose), NullIfEmpty(topic), NullIfEmpty(brand));

    private static ImmutableHashSet<string> SetIn(Person person)
    {
        ImmutableHashSet<string>.Builder set = ImmutableHashSet.CreateBuilder<string>();
        AddIf(person.Zone.Length > 0, Zone);
        AddIf(person.Zones.Count > 0, Zones);
        AddIf(person.Country.Length > 0, Country);
        AddIf(person.Attributes.Count > 0, Attributes);
        AddIf(person.Limits.Count > 0, Limits);
        AddIf(person.QuietTimes.Count > 0, QuietTimes);
        return set.ToImmutable();

        void AddIf(bool isSet, string path)
        {
            if (isSet)
            {
                set.Add(path);
            }
        }
    }

    private static ImmutableHashSet<string> Read(FieldMask mask, Violations violations)
    {
        if (mask.Paths.Except(Changeable).Any())
        {
            violations.Add(
                "update_mask",
                ErrorReason.UpdateMaskInvalid,
                $"update_mask may name {string.Join(", ", Changeable)}, and nothing else.");
        }

        return [.. mask.Paths];
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
