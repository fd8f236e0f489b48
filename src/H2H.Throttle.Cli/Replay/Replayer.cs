using System.Globalization;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Cli.Replay;

/// <summary>Sends the calls of a history through a server: many clients at once, those of each in order.</summary>
/// <remarks>
/// <para>
/// It may be stopped and started again at any place, on either side, without a call being counted twice. What the
/// server remembers is the only bookmark. While a call is under way it is repeated under its request id. A run that is
/// started again first asks which of a client's calls were made; a refused one leaves no trace in the ledger, so those
/// after the last that was made are asked again. Request ids are forgotten a day later by the time of the requests, so
/// such a question may be judged anew, at the time of the client's last known question; but that one was refused, at
/// that time and after the same calls, and so is this one.
/// </para>
/// <para>
/// Only the last call's outcome is in the file. It is confirmed with it; the others are left to count as made, as those
/// of a simple sender are.
/// </para>
/// </remarks>
internal sealed class Replayer(
    ReplayPlan plan, ThrottleClient client, PatientCalls calls, ReplayTally tally, long policyVersion)
{
    private const string AttemptLabel = "attempt";
    private const int PageSize = HistoryFile.AttemptsMax;

    /// <param name="clientsAtOnceMax">How many clients' calls are under way together.</param>
    /// <param name="cancellation">Stops between calls.</param>
    /// <exception cref="ThrottleException">A call was refused as wrong, or not answered for too long.</exception>
    /// <exception cref="UnusableException">Somebody published another policy meanwhile.</exception>
    public Task ReplayAsync(int clientsAtOnceMax, CancellationToken cancellation) => Parallel.ForEachAsync(
        plan.Histories,
        new ParallelOptions { MaxDegreeOfParallelism = clientsAtOnceMax, CancellationToken = cancellation },
        async (history, stop) => await ReplayAsync(history, stop));

    private async Task ReplayAsync(CallHistory history, CancellationToken cancellation)
    {
        Instant[] times = history.Times();
        Dictionary<int, LedgerContact> made = await MadeBeforeAsync(history, times[0], cancellation);
        int answered = made.Count > 0 ? made.Keys.Max() : 0;
        for (int attempt = 1; attempt <= history.Attempts; attempt++)
        {
            bool isKnown = attempt <= answered;
            string? reservation = isKnown
                ? made.GetValueOrDefault(attempt)?.ContactId
                : await ReserveAsync(history, attempt, times[attempt - 1], cancellation);
            bool isLast = attempt == history.Attempts;
            if (isLast && reservation is not null && !(isKnown && made[attempt].Outcome is not null))
            {
                await ConfirmAsync(history, reservation, times[^1], cancellation);
            }

            tally.Count(reservation is not null, isKnown, isLast && history.HasBought);
        }
    }

    /// <summary>The calls that the ledger has from an earlier start of this run, by their number.</summary>
    private async Task<Dictionary<int, LedgerContact>> MadeBeforeAsync(
        CallHistory history, Instant at, CancellationToken cancellation)
    {
        Dictionary<int, LedgerContact> made = [];
        if (history.Attempts == 1)
        {
            // The only request ids of this client are its latest: they are remembered for good.
            return made;
        }

        ListContactsRequest request = new()
        {
            PersonId = plan.PersonOf(history), PageSize = PageSize, At = Moments.Write(at),
        };
        do
        {
            ListContactsResponse page = await calls.AskAsync(
                options => client.People.ListContactsAsync(request, options), cancellation);
            foreach (LedgerContact contact in page.Contacts)
            {
                made[int.Parse(contact.Contact.Labels[AttemptLabel], CultureInfo.InvariantCulture)] = contact;
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return made;
    }

    /// <summary>The reservation, or null if the call is refused.</summary>
    private async Task<string?> ReserveAsync(
        CallHistory history, int attempt, Instant at, CancellationToken cancellation)
    {
        string number = attempt.ToString(CultureInfo.InvariantCulture);
        ReserveRequest request = new()
        {
            RequestId = $"{plan.Run}/{number}",
            Contact = new Contact
            {
                PersonId = plan.PersonOf(history),
                Channel = plan.Channel,
                Purpose = plan.Purpose,
                Campaign = plan.Campaign,
                Labels = { [AttemptLabel] = number },
            },
            At = Moments.Write(at),
        };
        ReserveResponse answer = await calls.AskAsync(
            options => client.Throttle.ReserveAsync(request, options), cancellation);
        if (answer.Decision.PolicyVersion > policyVersion)
        {
            throw new UnusableException(
                $"Version {answer.Decision.PolicyVersion} of the policy came into force during the replay, so its "
                + "result would mean nothing. Start it again when nobody publishes.");
        }

        return answer.Reservation?.ReservationId;
    }

    private async Task ConfirmAsync(
        CallHistory history, string reservation, Instant at, CancellationToken cancellation)
    {
        ConfirmRequest request = new()
        {
            RequestId = $"{plan.Run}/outcome",
            ReservationId = reservation,
            Outcome = history.LastOutcome,
            At = Moments.Write(at),
        };
        _ = await calls.AskAsync(options => client.Throttle.ConfirmAsync(request, options), cancellation);
    }
}
