using System.Collections.Immutable;
using H2H.Throttle.Adversity.Histories;
using NodaTime;

namespace H2H.Throttle.Adversity.Models;

internal sealed partial class PersonModel
{
    private (PersonModel After, Answer Answer) Reserve(Call call, Instant now)
    {
        Instant at = Instant.Max(call.PlannedAt ?? now, now);
        Answer answer = Judged(call.Channel!, at, now);
        if (answer.Words.StartsWith("deny", StringComparison.Ordinal))
        {
            return (call.RequestId is null ? this : Remembering(call, answer, now), answer);
        }

        ModelContact reserved = new(
            call.Name, call.Channel!, at, at + ModelPolicy.TimeToLive, ModelState.Reserved);
        return (With(Contacts.Add(reserved)).Remembering(call, answer, now), answer);
    }

    private (PersonModel After, Answer Answer) Confirm(Call call, Instant now)
    {
        if (Find(call.Target!) is not { } contact)
        {
            return (this, Answer.Refusal("ReservationUnknown"));
        }

        if (contact.State is ModelState.Made or ModelState.Released)
        {
            return (this, Answer.Refusal(
                contact.State is ModelState.Made ? "ReservationAlreadyConfirmed" : "ReservationAlreadyReleased"));
        }

        bool isLate = now >= contact.Expires;
        bool isRevoked = contact.State is ModelState.Revoked;
        Instant madeAt = Instant.Min(contact.At, now);
        ImmutableArray<ModelContact> others = Contacts.Remove(contact);
        string over = madeAt == contact.At && !isLate && !isRevoked
            ? ""
            : Broken(others, contact.Channel, madeAt, now);
        Answer answer = new($"made{(isLate ? " late" : "")}{(isRevoked ? " revoked" : "")} over [{over}]", madeAt);
        ModelContact made = contact with { At = madeAt, Expires = madeAt, State = ModelState.Made };
        return (With(Contacts.Replace(contact, made)).Remembering(call, answer, now), answer);
    }

    private (PersonModel After, Answer Answer) Release(Call call, Instant now)
    {
        if (Find(call.Target!) is not { } contact)
        {
            return (this, Answer.Refusal("ReservationUnknown"));
        }

        if (contact.State is ModelState.Made)
        {
            return (this, Answer.Refusal("ReservationAlreadyConfirmed"));
        }

        Answer answer = new("released", contact.At);
        ModelContact released = contact with { State = ModelState.Released };
        return (With(Contacts.Replace(contact, released)).Remembering(call, answer, now), answer);
    }

    private (PersonModel After, Answer Answer) Record(Call call, Instant now)
    {
        Answer answer = new($"recorded over [{Broken(Contacts, call.Channel!, now, now)}]", now);
        ModelContact made = new(call.Name, call.Channel!, now, now, ModelState.Made);
        return (With(Contacts.Add(made)).Remembering(call, answer, now), answer);
    }

    private (PersonModel After, Answer Answer) OptOut(Call call, Instant now)
    {
        bool IsStopped(ModelContact contact) => contact.State is ModelState.Reserved && now < contact.Expires
            && (call.Channel is null || call.Channel == contact.Channel);

        Answer answer = new($"no, {Contacts.Count(IsStopped)} revoked");
        PersonModel after = With(
        [
            .. Contacts.Select(contact =>
                IsStopped(contact) ? contact with { State = ModelState.Revoked } : contact),
        ]);
        return (after.Saying(isOptOut: true, call.Channel).Remembering(call, answer, now), answer);
    }

    private (PersonModel After, Answer Answer) OptIn(Call call, Instant now)
    {
        Answer answer = new("yes again");
        return (Saying(isOptOut: false, call.Channel).Remembering(call, answer, now), answer);
    }

    private Answer Judged(string channel, Instant at, Instant now)
    {
        string broken = Broken(Contacts, channel, at, now);
        return new Answer(broken.Length == 0 ? "allow" : $"deny [{broken}]", at);
    }

    /// <summary>The names of the rules that one more contact breaks.</summary>
    private string Broken(ImmutableArray<ModelContact> contacts, string channel, Instant at, Instant now)
    {
        bool isOptedOut = Said.LastOrDefault(said => said.Channel is null || said.Channel == channel).IsOptOut;
        return string.Join(' ', ModelPolicy.Rules
            .Where(rule => rule.IsBrokenBy(contacts, channel, at, now))
            .Select(static rule => rule.Name)
            .Concat(isOptedOut ? ["opt-out"] : [])
            .Order(StringComparer.Ordinal));
    }

    private ModelContact? Find(string name)
    {
        foreach (ModelContact contact in Contacts)
        {
            if (contact.Name == name)
            {
                return contact;
            }
        }

        return null;
    }

    private PersonModel With(ImmutableArray<ModelContact> contacts) => new()
    {
        Contacts = contacts, Said = Said, Answered = Answered, LastSeen = LastSeen,
    };

    /// <summary>What is said last about a channel holds; what is said about everything is said about each.</summary>
    private PersonModel Saying(bool isOptOut, string? channel) => new()
    {
        Contacts = Contacts,
        Said = Said.RemoveAll(said => channel is null || said.Channel == channel).Add((isOptOut, channel)),
        Answered = Answered,
        LastSeen = LastSeen,
    };

    private PersonModel Remembering(Call call, Answer answer, Instant now) => new()
    {
        Contacts = Contacts,
        Said = Said,
        Answered = call.RequestId is { } id ? Answered.SetItem(id, (call.Content, answer)) : Answered,
        LastSeen = now,
    };
}
