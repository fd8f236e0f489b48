using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using ContactState = H2H.Throttle.Wire.ContactState;
using Direction = H2H.Throttle.Core.Contacts.Direction;

namespace H2H.Throttle.Server.Contacts;

/// <summary>Contacts on the wire.</summary>
internal static class ContactWire
{
    private const string Field = "contact";

    /// <summary>What the caller describes. Its values are checked by the engine, its form here.</summary>
    public static ContactDraft Read(Contact? contact, Violations violations)
    {
        if (contact is null)
        {
            violations.Add(Field, ErrorReason.FieldMissing, "contact is missing; give person_id, channel and purpose.");
            return new ContactDraft();
        }

        return Read(contact, Field, violations);
    }

    /// <param name="contact">What the caller describes.</param>
    /// <param name="field">The path of the field that holds it.</param>
    /// <param name="violations">Takes what is wrong.</param>
    public static ContactDraft Read(Contact contact, string field, Violations violations)
    {
        return new ContactDraft
        {
            PersonId = contact.PersonId,
            Channel = contact.Channel,
            Purpose = contact.Purpose,
            Brand = contact.Brand,
            Campaign = contact.Campaign,
            Topic = contact.Topic,
            Sender = contact.Sender,
            Country = contact.Country,
            Address = contact.Address,
            Direction = Read(contact.Direction, $"{field}.direction", violations),
            Priority = contact.Priority,
            Weight = contact.HasWeight ? contact.Weight : 1,
            Subjects = [.. contact.Subjects],
            Labels = contact.Labels.Count == 0
                ? ImmutableSortedDictionary<string, string>.Empty
                : contact.Labels.ToImmutableSortedDictionary(StringComparer.Ordinal),
            PlannedAt = TimeWire.Read(contact.PlannedAt, $"{field}.planned_at", violations),
        };
    }

    public static LedgerContact Write(KnownContact known)
    {
        LedgerContact contact = new()
        {
            ContactId = known.Id.ToString(),
            Contact = Write(known.Contact.Traits, known.Contact.Weight),
            State = Write(known.Standing),
            At = TimeWire.Write(known.Contact.At),
        };
        if (known.Contact.Outcome is { } outcome)
        {
            contact.Outcome = new Outcome { Name = outcome, At = TimeWire.Write(known.Contact.OutcomeAt) };
        }

        contact.Discussed.Add(known.Contact.Discussed?.Subjects ?? []);
        if (known.Standing is Standing.Reserved)
        {
            contact.ExpiresAt = TimeWire.Write(known.Contact.Expires);
        }

        return contact;
    }

    private static Contact Write(ContactTraits traits, int weight)
    {
        Contact contact = new()
        {
            Channel = traits.Channel,
            Purpose = traits.Purpose,
            Brand = traits.Brand ?? "",
            Campaign = traits.Campaign ?? "",
            Topic = traits.Topic ?? "",
            Sender = traits.Sender ?? "",
            Country = traits.Country ?? "",
            Priority = traits.Priority,
            Weight = weight,
            Direction = traits.Direction is Direction.In ? Wire.Direction.In : Wire.Direction.Out,
        };
        contact.Subjects.AddRange(traits.Subjects);
        contact.Labels.Add(traits.Labels);
        return contact;
    }

    private static ContactState Write(Standing standing) => standing switch
    {
        Standing.Reserved => ContactState.Reserved,
        Standing.Made => ContactState.Confirmed,
        Standing.Unconfirmed => ContactState.Unconfirmed,
        Standing.Released => ContactState.Released,
        Standing.Revoked => ContactState.Revoked,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Direction Read(Wire.Direction direction, string field, Violations violations)
    {
        switch (direction)
        {
            case Wire.Direction.Unspecified or Wire.Direction.Out:
                return Direction.Out;
            case Wire.Direction.In:
                return Direction.In;
            default:
                violations.Add(
                    field,
                    ErrorReason.EnumOutOfRange,
                    $"{field} must be DIRECTION_OUT, DIRECTION_IN or absent.");
                return Direction.Out;
        }
    }
}
