using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Models;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Adversity.Servers;

/// <summary>An engine in this process.</summary>
internal sealed class EngineServer(ThrottleEngine engine) : IServer
{
    public async ValueTask<Answer> AskAsync(Call call, Instant? at, CancellationToken cancellation)
    {
        try
        {
            return await (call.Kind switch
            {
                CallKind.Reserve => ReserveAsync(call, at, cancellation),
                CallKind.Confirm => ConfirmAsync(call, at, cancellation),
                CallKind.Release => ReleaseAsync(call, at, cancellation),
                CallKind.Record => RecordAsync(call, at, cancellation),
                CallKind.OptOut or CallKind.OptIn => SayAsync(call, at, cancellation),
                CallKind.Check => CheckAsync(call, at, cancellation),
                _ => ListAsync(call, at, cancellation),
            });
        }
        catch (RequestException refused)
        {
            return Answer.Refusal(refused.Problems[0].Reason.ToString());
        }
        catch (Exception failed) when (failed is StoreException { Failure: StoreFailure.Unavailable }
            or ObjectDisposedException or OperationCanceledException)
        {
            throw new UnansweredException(failed.Message, failed);
        }
    }

    private async ValueTask<Answer> ReserveAsync(Call call, Instant? at, CancellationToken cancellation)
    {
        ContactDraft draft = DraftOf(call) with { PlannedAt = call.PlannedAt };
        ReserveResult result = await engine.Throttler.ReserveAsync(
            call.RequestId, draft, ModelPolicy.TimeToLive, at, null, cancellation);
        return Judged(result.Verdict) with { ContactId = result.Reservation?.Id.ToString() };
    }

    private async ValueTask<Answer> ConfirmAsync(Call call, Instant? at, CancellationToken cancellation)
    {
        ConfirmResult result = await engine.Reservations.ConfirmAsync(
            call.RequestId, call.ReservationId, null, null, at, cancellation);
        string late = result.IsLate ? " late" : "";
        string revoked = result.IsRevoked ? " revoked" : "";
        return new Answer(
            $"made{late}{revoked} over [{RulesOf(result.Overshoot)}]", result.Contact.Contact.At);
    }

    private async ValueTask<Answer> ReleaseAsync(Call call, Instant? at, CancellationToken cancellation)
    {
        KnownContact released = await engine.Reservations.ReleaseAsync(
            call.RequestId, call.ReservationId, at, cancellation);
        return new Answer(released.Standing is Standing.Released ? "released" : "kept", released.Contact.At);
    }

    private async ValueTask<Answer> RecordAsync(Call call, Instant? at, CancellationToken cancellation)
    {
        RecordResult result = await engine.Throttler.RecordAsync(
            call.RequestId, DraftOf(call), null, null, at, cancellation);
        return new Answer($"recorded over [{RulesOf(result.Overshoot)}]", result.Contact.Contact.At)
        {
            ContactId = result.Contact.Id.ToString(),
        };
    }

    private async ValueTask<Answer> SayAsync(Call call, Instant? at, CancellationToken cancellation)
    {
        Scope scope = new(Channel: call.Channel);
        if (call.Kind is CallKind.OptIn)
        {
            await engine.Consent.OptInAsync(call.RequestId, call.Person, scope, null, at, cancellation);
            return new Answer("yes again");
        }

        ConsentResult said = await engine.Consent.OptOutAsync(
            call.RequestId, call.Person, scope, null, at, cancellation);
        return new Answer($"no, {said.Revoked.Length} revoked");
    }

    private async ValueTask<Answer> CheckAsync(Call call, Instant? at, CancellationToken cancellation) =>
        Judged((await engine.Throttler.CheckAsync(DraftOf(call), at, null, cancellation)).Verdict);

    private async ValueTask<Answer> ListAsync(Call call, Instant? at, CancellationToken cancellation)
    {
        ContactPage page = await engine.People.ListContactsAsync(
            call.Person, RequestBounds.PageSizeMax, null, oldestFirst: true, at, cancellation);
        return new Answer(PersonModel.Listing(page.Contacts.Select(static known =>
            (known.Contact.Traits.Channel, known.Contact.At, known.Standing.ToString()))));
    }

    private static ContactDraft DraftOf(Call call) =>
        new() { PersonId = call.Person, Channel = call.Channel, Purpose = ModelPolicy.Purpose };

    private static Answer Judged(Verdict verdict) => new(
        verdict.Decision is Decision.Denied denied ? $"deny [{RulesOf(denied.Reasons)}]" : "allow", verdict.At);

    private static string RulesOf(IEnumerable<Reason> reasons) =>
        string.Join(' ', reasons.Select(static reason => reason.Rule).Order(StringComparer.Ordinal));
}
