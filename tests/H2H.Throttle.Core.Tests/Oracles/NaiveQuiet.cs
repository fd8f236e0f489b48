using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Oracles;

/// <summary>Times that a person named, and the one reply, looked for minute by minute.</summary>
internal sealed class NaiveQuiet(PersonQuiet said, NaiveHours times, IReadOnlyList<NaiveCalendar> calendars)
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    public bool Denies(Person person, string channel, Instant at, Func<LedgerContact, bool> exists) =>
        IsNamed(at) && !IsReply(person, channel, at, exists);

    private bool IsNamed(Instant at) => calendars.Any(calendar =>
        times.IsInside(at, calendar.Zone) && !(calendar.DayOf(at) > said.Until));

    private bool IsReply(Person person, string channel, Instant at, Func<LedgerContact, bool> exists)
    {
        Instant[] wrote =
        [
            .. person.Ledger.Contacts
                .Where(contact => contact.Traits.Direction is Direction.In && contact.Traits.Channel == channel)
                .Select(static contact => contact.At),
            .. person.Ledger.Events
                .Where(happened => happened.Name == "inbound_message" && happened.Traits.Channel == channel)
                .Select(static happened => happened.At),
        ];
        if (wrote.Where(one => one <= at).Order().Cast<Instant?>().LastOrDefault() is not { } last || !Lasts(last, at))
        {
            return false;
        }

        return !person.Ledger.Contacts.Any(contact => exists(contact)
            && contact.Traits.Direction is Direction.Out
            && contact.Traits.Channel == channel
            && contact.At >= last
            && Lasts(last, contact.At));
    }

    /// <summary>Whether no time between them, nor either, is convenient.</summary>
    /// <remarks>Times that are named begin and end with a minute of UTC too, in every zone since 1973.</remarks>
    private bool Lasts(Instant from, Instant to)
    {
        long minute = from.ToUnixTimeSeconds() / 60 * 60;
        for (Instant at = Instant.FromUnixTimeSeconds(minute) + Minute; at < to; at += Minute)
        {
            if (!IsNamed(at))
            {
                return false;
            }
        }

        return IsNamed(from) && IsNamed(to);
    }
}
