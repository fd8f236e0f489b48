using System.Collections.Concurrent;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Simulation.Tests;

/// <summary>
/// Does what senders and people do, in an order that its seed decides, and remembers what it was told.
/// </summary>
internal sealed class Sender(World world, int seed)
{
    private static readonly string[] Channels = ["email", "sms", "phone"];
    private readonly Random random = new(seed);
    private readonly List<string> open = [];
    private readonly List<string> planned = [];
    private int requests;

    /// <summary>Reservations that were acknowledged, and not given back by this sender.</summary>
    public ConcurrentDictionary<string, string> Held { get; } = new();

    /// <summary>What promised too much, in words.</summary>
    public List<string> Broken { get; } = [];

    public int Allowed { get; private set; }

    public int Denied { get; private set; }

    /// <summary>Opt-outs that were acknowledged.</summary>
    public int OptOuts { get; private set; }

    public async Task ActAsync(string person, CancellationToken cancellation)
    {
        switch (random.Next(20))
        {
            case < 12:
                await ReserveAsync(person, cancellation);
                break;
            case < 15 when open.Count > 0:
                await ConfirmAsync(cancellation);
                break;
            case < 16 when open.Count > 0:
                await ReleaseAsync(TakeFrom(open), cancellation);
                break;
            case 16 when planned.Count > 0:
                await ReleaseAsync(TakeFrom(planned), cancellation);
                break;
            case 18:
                await OptOutAndInAsync(person, cancellation);
                break;
            default:
                world.Clock.Advance(Duration.FromMinutes(random.Next(1, 40)));
                break;
        }
    }

    private async Task ReserveAsync(string person, CancellationToken cancellation)
    {
        string id = $"{seed}-{requests++}";
        ContactDraft draft = new()
        {
            PersonId = person,
            Channel = Channels[random.Next(Channels.Length)],
            Purpose = "marketing",
            Campaign = $"campaign {random.Next(3)}",
            Weight = random.Next(1, 4),
            PlannedAt = random.Next(4) == 0 ? world.Clock.Now + Duration.FromHours(random.Next(1, 72)) : null,
        };
        Task<ReserveResult> Ask(ThrottleEngine server) =>
            server.Throttler.ReserveAsync(id, draft, null, null, null, cancellation).AsTask();

        ReserveResult? result = await PersistAsync(Ask);
        if (result is null)
        {
            return;
        }

        if (random.Next(5) == 0)
        {
            ReserveResult? again = await PersistAsync(Ask);
            if (again is not null && again.Verdict.Id != result.Verdict.Id)
            {
                Broken.Add($"Request {id} got two answers.");
            }
        }

        if (result.Reservation is { } reservation)
        {
            Allowed++;
            (draft.PlannedAt is null ? open : planned).Add(reservation.Id.ToString());
            Held[reservation.Id.ToString()] = person;
        }
        else
        {
            Denied++;
        }
    }

    private async Task ConfirmAsync(CancellationToken cancellation)
    {
        string id = TakeFrom(open);
        await PersistAsync(server =>
            server.Reservations.ConfirmAsync($"c-{id}", id, null, null, null, cancellation).AsTask());
    }

    private async Task ReleaseAsync(string id, CancellationToken cancellation)
    {
        Held.TryRemove(id, out _);
        await PersistAsync(server => server.Reservations.ReleaseAsync($"r-{id}", id, null, cancellation).AsTask());
    }

    /// <summary>
    /// Says no to a topic of its own, so that senders do not get in each other's way, and looks whether it holds.
    /// </summary>
    private async Task OptOutAndInAsync(string person, CancellationToken cancellation)
    {
        string topic = $"topic {seed}";
        Scope scope = new(Topic: topic);
        string id = $"o-{seed}-{requests++}";
        ConsentResult? said = await PersistAsync(server =>
            server.Consent.OptOutAsync(id, person, scope, null, null, cancellation).AsTask());
        if (said is null)
        {
            return;
        }

        OptOuts++;
        ContactDraft draft = new() { PersonId = person, Channel = "email", Purpose = "marketing", Topic = topic };
        CheckResult? check = await PersistAsync(server =>
            server.Throttler.CheckAsync(draft, null, null, cancellation).AsTask());
        if (check?.Verdict.Decision is Decision.Allowed)
        {
            Broken.Add("A contact was allowed after an opt-out that had been acknowledged.");
        }

        await PersistAsync(server =>
            server.Consent.OptInAsync($"i-{id}", person, scope, null, null, cancellation).AsTask());
    }

    private string TakeFrom(List<string> reservations)
    {
        int place = random.Next(reservations.Count);
        string id = reservations[place];
        reservations.RemoveAt(place);
        return id;
    }

    /// <summary>Asks again with the same request while the line fails; null if it never held.</summary>
    private async Task<T?> PersistAsync<T>(Func<ThrottleEngine, Task<T>> ask)
        where T : class
    {
        for (int tries = 0; tries < 20; tries++)
        {
            try
            {
                return await ask(world.Servers[random.Next(world.Servers.Length)]);
            }
            catch (StoreException)
            {
            }
            catch (RequestException refused) when (refused.Problems[0].Reason is ProblemReason.Contended)
            {
            }
            catch (RequestException refused)
                when (refused.Problems[0].Reason is ProblemReason.ReservationUnknown or ProblemReason.TimeOutOfRange)
            {
                // Time went on under a contact that was planned, or that no rule looks at any more.
                return null;
            }
        }

        return null;
    }
}
