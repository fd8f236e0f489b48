using System.Text.Json;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.People;

/// <summary>What the journal keeps of what people said.</summary>
internal static class ConsentFacts
{
    public const string OptOut = "opt_out";
    public const string OptIn = "opt_in";
    public const string Snooze = "snooze";
    public const string ConsentGiven = "consent_given";
    public const string ConsentRevoked = "consent_revoked";
    public const string ReservationRevoked = "reservation_revoked";

    /// <summary>For whom a revoked reservation was: whoever may speak for that brand may learn of it.</summary>
    public const string Brand = "brand";

    public static JournalFact Said(PersonKey person, Statement statement)
    {
        string kind = statement.IsOptOut ? OptOut : OptIn;
        Dictionary<string, string> data = DataOf(statement.Scope);
        AddIf(data, "source", statement.Source);
        return Fact(person, kind, statement.At, data);
    }

    public static JournalFact Snoozed(PersonKey person, Scope scope, Instant? until, Instant now)
    {
        Dictionary<string, string> data = DataOf(scope);
        data["until"] = until is { } end ? InstantPattern.ExtendedIso.Format(end) : "now";
        return Fact(person, Snooze, now, data);
    }

    public static JournalFact Given(PersonKey person, GivenConsent given, Instant now)
    {
        Dictionary<string, string> data = DataOf(given.Scope);
        data["consent"] = given.Name;
        data["from"] = InstantPattern.ExtendedIso.Format(given.From);
        if (given.Until is { } until)
        {
            data["until"] = InstantPattern.ExtendedIso.Format(until);
        }

        if (!given.EndsOn.IsEmpty)
        {
            data["ends_on"] = string.Join(", ", given.EndsOn);
        }

        AddIf(data, "proof", given.Proof);
        AddIf(data, "source", given.Source);
        return Fact(person, ConsentGiven, now, data);
    }

    public static JournalFact TakenBack(
        PersonKey person, string consent, Scope scope, string? source, Instant now)
    {
        Dictionary<string, string> data = DataOf(scope);
        data["consent"] = consent;
        AddIf(data, "source", source);
        return Fact(person, ConsentRevoked, now, data);
    }

    public static JournalFact Revoked(PersonKey person, LedgerContact contact, Instant now)
    {
        string id = new ContactId(person, contact.Number).ToString();
        Dictionary<string, string> data = new() { ["reservation"] = id };
        AddIf(data, Brand, contact.Traits.Brand);
        return new JournalFact(
            $"revoked-{id}", now, ReservationRevoked, person.Text, JsonSerializer.SerializeToUtf8Bytes(data));
    }

    private static Dictionary<string, string> DataOf(Scope scope)
    {
        Dictionary<string, string> data = [];
        AddIf(data, "channel", scope.Channel);
        AddIf(data, "purpose", scope.Purpose);
        AddIf(data, "topic", scope.Topic);
        AddIf(data, "brand", scope.Brand);
        return data;
    }

    private static void AddIf(Dictionary<string, string> data, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            data[name] = value;
        }
    }

    private static JournalFact Fact(PersonKey person, string kind, Instant at, Dictionary<string, string> data) => new(
        $"{kind}-{Guid.CreateVersion7():N}", at, kind, person.Text, JsonSerializer.SerializeToUtf8Bytes(data));
}
