using System.Collections.Immutable;
using Grpc.Core;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Cli.Demo;

/// <summary>Plays the week against a server that believes what requests say of the time.</summary>
internal sealed class DemoStory(ThrottleClient client, CancellationToken cancellation)
{
    private readonly List<DemoAnswer> answers = [];
    private readonly Dictionary<string, int> placeOf = [];

    /// <returns>An answer for each contact of the week, in its order.</returns>
    public async Task<ImmutableArray<DemoAnswer>> PlayAsync()
    {
        _ = await client.Policies.PublishPolicyAsync(
            new PublishPolicyRequest { Document = DemoWeek.PolicyDocument, Comment = "For the demonstration." }, Call);
        bool hasOptedOut = false;
        foreach (DemoContact contact in DemoWeek.Contacts)
        {
            if (!hasOptedOut && contact.AskedAt > DemoWeek.OptOutAt)
            {
                await OptOutAsync();
                hasOptedOut = true;
            }

            await AskAsync(contact);
        }

        return [.. answers];
    }

    private CallOptions Call => new(cancellationToken: cancellation);

    private async Task AskAsync(DemoContact contact)
    {
        Instant at = InstantOf(contact.AskedAt);
        ReserveResponse answer = await client.Throttle.ReserveAsync(
            new ReserveRequest
            {
                Contact = new Contact
                {
                    PersonId = DemoWeek.Person,
                    Channel = contact.Channel,
                    Purpose = contact.Purpose,
                    Brand = contact.Brand,
                    PlannedAt = contact.PlannedAt is { } planned ? Moments.Write(InstantOf(planned)) : null,
                },
                At = Moments.Write(at),
            },
            Call);
        if (answer.Reservation is { } reservation)
        {
            placeOf[reservation.ReservationId] = answers.Count;
            answers.Add(new DemoAnswer(contact, Fate.Through, []));
            if (contact.PlannedAt is null)
            {
                _ = await client.Throttle.ConfirmAsync(
                    new ConfirmRequest { ReservationId = reservation.ReservationId, At = Moments.Write(at) }, Call);
            }
        }
        else
        {
            answers.Add(new DemoAnswer(
                contact, Fate.Refused, [.. answer.Decision.Reasons.Select(static reason => reason.Rule)]));
        }
    }

    private async Task OptOutAsync()
    {
        OptOutResponse answer = await client.Consent.OptOutAsync(
            new OptOutRequest
            {
                PersonId = DemoWeek.Person, Source = "sms STOP", At = Moments.Write(InstantOf(DemoWeek.OptOutAt)),
            },
            Call);
        foreach (int place in answer.RevokedReservationIds.Select(id => placeOf[id]))
        {
            answers[place] = answers[place] with { Fate = Fate.TakenBack };
        }
    }

    private static Instant InstantOf(LocalDateTime time) => time.InZoneStrictly(DemoWeek.Zone).ToInstant();
}
