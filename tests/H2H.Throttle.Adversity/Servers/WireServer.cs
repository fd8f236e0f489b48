using System.Net.Sockets;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Models;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;
using NodaTime;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace H2H.Throttle.Adversity.Servers;

/// <summary>A server in a process of its own, asked over gRPC.</summary>
internal sealed class WireServer(Uri address) : IServer, IDisposable
{
    private readonly ThrottleClient client = new(address);

    public void Dispose() => client.Dispose();

    public async ValueTask<Answer> AskAsync(Call call, Instant? at, CancellationToken cancellation)
    {
        CallOptions options = new(cancellationToken: cancellation);
        Timestamp? when = at is { } instant ? Stamp(instant) : null;
        try
        {
            return await (call.Kind switch
            {
                CallKind.Reserve => ReserveAsync(call, when, options),
                CallKind.Confirm => ConfirmAsync(call, when, options),
                CallKind.Release => ReleaseAsync(call, when, options),
                CallKind.Record => RecordAsync(call, when, options),
                CallKind.OptOut or CallKind.OptIn => SayAsync(call, when, options),
                CallKind.Check => CheckAsync(call, when, options),
                _ => ListAsync(call, when, options),
            });
        }
        catch (ThrottleException failed) when (failed.Reason == "CONTENDED" || !failed.MayBeRepeated)
        {
            return Answer.Refusal(NameOf(failed.Reason ?? failed.Status.ToString()));
        }
        catch (ThrottleException failed)
        {
            throw new UnansweredException(failed.Message, failed) { WasSent = !IsUnconnected(failed) };
        }
    }

    /// <summary>
    /// No connection was made, so that nothing can have been sent on it. The client tells of it as the socket did.
    /// </summary>
    private static bool IsUnconnected(ThrottleException failed) =>
        failed.InnerException is RpcException { Status.DebugException: { } error }
        && error is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
            or SocketException { SocketErrorCode: SocketError.ConnectionRefused };

    private async ValueTask<Answer> ReserveAsync(Call call, Timestamp? at, CallOptions options)
    {
        ReserveRequest request = new()
        {
            RequestId = call.RequestId ?? "",
            Contact = ContactOf(call),
            TimeToLive = Duration.FromTimeSpan(ModelPolicy.TimeToLive.ToTimeSpan()),
            At = at,
        };
        request.Contact.PlannedAt = call.PlannedAt is { } planned ? Stamp(planned) : null;
        ReserveResponse response = await client.Throttle.ReserveAsync(request, options);
        return Judged(response.Decision) with { ContactId = response.Reservation?.ReservationId };
    }

    private async ValueTask<Answer> ConfirmAsync(Call call, Timestamp? at, CallOptions options)
    {
        ConfirmResponse response = await client.Throttle.ConfirmAsync(
            new() { RequestId = call.RequestId ?? "", ReservationId = call.ReservationId, At = at }, options);
        string late = response.Late ? " late" : "";
        string revoked = response.Revoked ? " revoked" : "";
        return new Answer($"made{late}{revoked} over [{RulesOf(response.Overshoot)}]", Read(response.Contact.At));
    }

    private async ValueTask<Answer> ReleaseAsync(Call call, Timestamp? at, CallOptions options)
    {
        ReleaseResponse response = await client.Throttle.ReleaseAsync(
            new() { RequestId = call.RequestId ?? "", ReservationId = call.ReservationId, At = at }, options);
        return new Answer(
            response.Contact.State is ContactState.Released ? "released" : "kept", Read(response.Contact.At));
    }

    private async ValueTask<Answer> RecordAsync(Call call, Timestamp? at, CallOptions options)
    {
        RecordResponse response = await client.Throttle.RecordAsync(
            new() { RequestId = call.RequestId ?? "", Contact = ContactOf(call), At = at }, options);
        return new Answer($"recorded over [{RulesOf(response.Overshoot)}]", Read(response.Contact.At))
        {
            ContactId = response.Contact.ContactId,
        };
    }

    private async ValueTask<Answer> SayAsync(Call call, Timestamp? at, CallOptions options)
    {
        ConsentScope scope = new() { Channel = call.Channel ?? "" };
        if (call.Kind is CallKind.OptIn)
        {
            await client.Consent.OptInAsync(
                new() { RequestId = call.RequestId ?? "", PersonId = call.Person, Scope = scope, At = at }, options);
            return new Answer("yes again");
        }

        OptOutResponse response = await client.Consent.OptOutAsync(
            new() { RequestId = call.RequestId ?? "", PersonId = call.Person, Scope = scope, At = at }, options);
        return new Answer($"no, {response.RevokedReservationIds.Count} revoked");
    }

    private async ValueTask<Answer> CheckAsync(Call call, Timestamp? at, CallOptions options) => Judged(
        (await client.Throttle.CheckAsync(new() { Contact = ContactOf(call), At = at }, options)).Decision);

    private async ValueTask<Answer> ListAsync(Call call, Timestamp? at, CallOptions options)
    {
        ListContactsResponse response = await client.People.ListContactsAsync(
            new() { PersonId = call.Person, PageSize = 1000, At = at }, options);
        return new Answer(PersonModel.Listing(response.Contacts.Select(static contact => (
            contact.Contact.Channel,
            Read(contact.At),
            contact.State is ContactState.Confirmed ? "Made" : contact.State.ToString()))));
    }

    private static Contact ContactOf(Call call) =>
        new() { PersonId = call.Person, Channel = call.Channel, Purpose = ModelPolicy.Purpose };

    private static Answer Judged(Decision decision) => new(
        decision.Verdict is Verdict.Allow ? "allow" : $"deny [{RulesOf(decision.Reasons)}]",
        Read(decision.EvaluatedAt));

    private static string RulesOf(IEnumerable<Reason> reasons) =>
        string.Join(' ', reasons.Select(static reason => reason.Rule).Order(StringComparer.Ordinal));

    private static Timestamp Stamp(Instant at) => Timestamp.FromDateTimeOffset(at.ToDateTimeOffset());

    private static Instant Read(Timestamp at) => Instant.FromDateTimeOffset(at.ToDateTimeOffset());

    /// <summary>As the engine calls it: <c>RequestIdReused</c> for <c>REQUEST_ID_REUSED</c>.</summary>
    private static string NameOf(string reason) =>
        string.Concat(reason.Split('_').Select(static word => word[..1] + word[1..].ToLowerInvariant()));
}
