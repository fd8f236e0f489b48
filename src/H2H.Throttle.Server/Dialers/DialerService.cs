using Grpc.Core;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Http;
using H2H.Throttle.Wire;
using Duration = Google.Protobuf.WellKnownTypes.Duration;
using ThrottleService = H2H.Throttle.Server.Contacts.ThrottleService;

namespace H2H.Throttle.Server.Dialers;

/// <summary>What dialers ask record by record, in terms of the calls that every sender makes.</summary>
/// <remarks>
/// Asking twice about one record is answered alike and counts once: the record's id is the request id. By the same id
/// its outcome finds the contact. An outcome of a call that was never allowed is stored all the same.
/// </remarks>
internal sealed class DialerService(
    ThrottleService throttle,
    ThrottleEngine engine,
    CallGuard guard,
    Doorkeeper doorkeeper,
    TimeProvider clock,
    ILogger<DialerService> log)
{
    private const string Calls = "h2h.throttle.v1.ThrottleService/";

    /// <summary>Within the dialer's deadline: may this person be called?</summary>
    /// <exception cref="RefusedException">The record is not what the settings say.</exception>
    public async Task<DialerAnswer> AskAsync(Dialer dialer, DialerRecord record, HttpContext http)
    {
        Contact contact = Read(dialer, record);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        ending.CancelAfter(dialer.Deadline);
        ConnectCallContext call = new(Calls + (dialer.IsCheck ? "Check" : "Reserve"), http, ending.Token);
        call.EndsAt(clock.GetUtcNow().UtcDateTime + dialer.Deadline);
        try
        {
            return dialer.IsCheck
                ? await CheckAsync(dialer, contact, call)
                : await ReserveAsync(dialer, RequestIdOf(dialer, record, "dialer"), contact, call);
        }
        catch (RpcException error) when (DialerWire.IsUndecided(error))
        {
            bool isOpen = dialer.IsOpenFor(contact.Purpose);
            log.NotDecided(dialer.Name, isOpen ? "dial" : "not dial", ConnectCodes.Name(error.StatusCode));
            return DialerWire.Undecided(error, dialer, isOpen);
        }
    }

    /// <summary>What became of a call, or that there was none.</summary>
    /// <exception cref="RefusedException">The record is not what the settings say.</exception>
    /// <exception cref="RpcException">It was not stored.</exception>
    public async Task<DialerAnswer> TellAsync(Dialer dialer, DialerRecord record, HttpContext http)
    {
        Contact contact = Read(dialer, record);
        string outcome = OutcomeOf(dialer, record);
        RecordRequest made = new()
        {
            RequestId = RequestIdOf(dialer, record, "dialed"),
            Contact = contact,
            Outcome = outcome == Dialer.Release ? "" : outcome,
        };
        ConnectCallContext call = new(Calls + "Record", http, http.RequestAborted);
        return await guard.UnaryServerHandler(made, call, async (request, context) =>
        {
            string? known = await FindAsync(dialer, record, request, context.CancellationToken);
            return outcome == Dialer.Release
                ? await ReleaseAsync(known, context)
                : await StoreAsync(request, known, context);
        });
    }

    private async Task<DialerAnswer> CheckAsync(Dialer dialer, Contact contact, ConnectCallContext call)
    {
        CheckResponse answer =
            await guard.UnaryServerHandler(new CheckRequest { Contact = contact }, call, throttle.Check);
        return DialerWire.Of(answer.Decision, null, dialer);
    }

    private async Task<DialerAnswer> ReserveAsync(
        Dialer dialer, string requestId, Contact contact, ConnectCallContext call)
    {
        ReserveRequest request = new()
        {
            RequestId = requestId,
            Contact = contact,
            TimeToLive = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(dialer.Options.TimeToLiveMs)),
        };
        ReserveResponse answer = await guard.UnaryServerHandler(request, call, throttle.Reserve);
        return DialerWire.Of(answer.Decision, answer.Reservation, dialer);
    }

    // What was reserved for this record or, if it was called without, what its first outcome stored.
    private async ValueTask<string?> FindAsync(
        Dialer dialer, DialerRecord record, RecordRequest made, CancellationToken cancellation)
    {
        if (dialer.Find(record, DialerFields.Reservation) is { } reservation)
        {
            return reservation;
        }

        string asked = RequestIdOf(dialer, record, "dialer");
        return await engine.People.FindRequestedAsync(made.Contact.PersonId, made.RequestId, cancellation)
            ?? await engine.People.FindRequestedAsync(made.Contact.PersonId, asked, cancellation);
    }

    private async Task<DialerAnswer> ReleaseAsync(string? known, ServerCallContext context)
    {
        if (known is null)
        {
            return DialerWire.Nothing();
        }

        ReleaseRequest request = new() { ReservationId = known };
        await doorkeeper.CheckBrandsAsync(Doorkeeper.CallerOf(context), request, context.CancellationToken);
        return DialerWire.Of((await throttle.Release(request, context)).Contact);
    }

    private async Task<DialerAnswer> StoreAsync(RecordRequest made, string? known, ServerCallContext context)
    {
        if (known is not null)
        {
            ReportOutcomeRequest report = new() { ContactId = known, Outcome = new Outcome { Name = made.Outcome } };
            await doorkeeper.CheckBrandsAsync(Doorkeeper.CallerOf(context), report, context.CancellationToken);
            try
            {
                return DialerWire.Of((await throttle.ReportOutcome(report, context)).Contact);
            }
            catch (RequestException error)
                when (error.Problems[0].Reason
                    is ProblemReason.ReservationAlreadyReleased or ProblemReason.ContactUnknown)
            {
                log.StoredAnew();
            }
        }

        return DialerWire.Of((await throttle.Record(made, context)).Contact);
    }

    private static Contact Read(Dialer dialer, DialerRecord record)
    {
        Violations violations = new();
        Contact contact = dialer.ContactOf(record, violations);
        foreach (string field in (string[])[DialerFields.Person, DialerFields.Purpose])
        {
            if (dialer.Find(record, field) is null)
            {
                violations.Add(
                    field, ErrorReason.FieldMissing, $"{dialer.WordFor(field)} is missing: it is to tell the {field}.");
            }
        }

        violations.ThrowIfAny();
        return contact;
    }

    private static string OutcomeOf(Dialer dialer, DialerRecord record)
    {
        string word = dialer.WordFor(DialerFields.Disposition);
        if (dialer.Find(record, DialerFields.Disposition) is not { } disposition)
        {
            throw RefusedException.Invalid([new Violation(
                DialerFields.Disposition,
                ErrorReason.FieldMissing,
                $"{word} is missing: it is to tell what became of the call.")]);
        }

        return dialer.OutcomeOf(disposition) ?? throw RefusedException.Invalid([new Violation(
            DialerFields.Disposition,
            ErrorReason.DispositionUnknown,
            $"{word} is none of Dialers:{dialer.Name}:Outcomes: {string.Join(", ", dialer.Dispositions)}.")]);
    }

    // Empty if the dialer has no id of the record: then every ask is a new one.
    private static string RequestIdOf(Dialer dialer, DialerRecord record, string kind) =>
        dialer.Find(record, DialerFields.Record) is { } id ? $"{kind}:{dialer.Name}:{id}" : "";
}
