using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>A contact that goes into a person's ledger. Pure functions of the record.</summary>
internal static class NewContact
{
    /// <exception cref="RequestException">The ledger is full.</exception>
    public static void RequireRoom(PersonRecord record)
    {
        if (record.Person.Ledger.IsFull)
        {
            throw new RequestException(
                ProblemReason.RecordFull,
                "contact.person_id",
                $"The person has {Ledger.ContactsMax} contacts that rules still look at; no more can be reserved.");
        }
    }

    /// <summary>Reserved, and numbered after all that the person ever had.</summary>
    public static LedgerContact Of(PersonRecord record, Instant now, Asked asked, Instant at)
    {
        ContactNumber number = new(Math.Max(record.LastNumber.Value + 1, now.ToUnixTimeTicks()));
        return new LedgerContact(number, at, asked.Traits, asked.Weight, ContactState.Reserved, at, null, at);
    }

    public static PersonRecord AddTo(PersonRecord record, LedgerContact contact) => record with
    {
        LastNumber = contact.Number,
        Person = record.Person with { Ledger = record.Person.Ledger.Add(contact) },
    };
}
