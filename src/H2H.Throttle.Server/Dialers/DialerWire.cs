using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Http;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Dialers;

/// <summary>Answers and errors as dialers read them: a status, some headers and a flat object of JSON.</summary>
internal static class DialerWire
{
    private const string ReasonPrefix = "REASON_CODE_";
    private const string StatePrefix = "CONTACT_STATE_";

    private static readonly EnumDescriptor ReasonCodes =
        DecisionReflection.Descriptor.EnumTypes.Single(static type => type.Name == nameof(ReasonCode));

    private static readonly EnumDescriptor ContactStates =
        ContactReflection.Descriptor.EnumTypes.Single(static type => type.Name == nameof(ContactState));

    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="decision">What the policy says.</param>
    /// <param name="reservation">What was reserved; null: nothing.</param>
    /// <param name="dialer">Whose status for a no it is.</param>
    public static DialerAnswer Of(Decision decision, Reservation? reservation, Dialer dialer)
    {
        bool allowed = decision.Verdict is Verdict.Allow;
        Reason? first = decision.Reasons.FirstOrDefault();
        return new DialerAnswer(allowed ? StatusCodes.Status200OK : dialer.Options.DenyStatus, allowed)
        {
            Decided = true,
            Reason = first is null ? "" : NameOf(first.Code),
            Message = first?.Message ?? "",
            Rule = first?.Rule ?? "",
            Reasons = [.. decision.Reasons.Select(static reason => NameOf(reason.Code)).Distinct()],
            NextAllowedAt = decision.NextAllowedAt is { } next ? JsonOf(next) : "",
            Never = decision.Never,
            DecisionId = decision.DecisionId,
            ReservationId = reservation?.ReservationId ?? "",
        };
    }

    /// <summary>An outcome was stored, or a slot given back.</summary>
    public static DialerAnswer Of(LedgerContact contact) => new(StatusCodes.Status200OK, null)
    {
        Decided = true,
        ContactId = contact.ContactId,
        State = NameOf(contact.State),
    };

    /// <summary>There was nothing to give back.</summary>
    public static DialerAnswer Nothing() => new(StatusCodes.Status200OK, null) { Decided = true };

    /// <summary>Whether nothing was decided, for reasons that are no fault of the request.</summary>
    public static bool IsUndecided(RpcException error) => error.StatusCode switch
    {
        StatusCode.ResourceExhausted => InfoOf(error)?.Reason != ErrorReasonNames.Name(ErrorReason.BodyTooLarge),
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Aborted
            or StatusCode.Internal or StatusCode.DataLoss or StatusCode.Unknown => true,
        _ => false,
    };

    /// <summary>Nothing was decided in time: the settings say what that means.</summary>
    public static DialerAnswer Undecided(RpcException error, Dialer dialer, bool isOpen) =>
        new(isOpen ? StatusCodes.Status200OK : dialer.Options.DenyStatus, isOpen)
        {
            Reason = ErrorReasonNames.Name(ErrorReason.NoDecision),
            Message = $"No decision in time. {error.Status.Detail}",
            RetrySeconds = 1,
        };

    /// <summary>The request itself is at fault, or whoever makes it; to an ask that is a no.</summary>
    /// <param name="error">What is wrong.</param>
    /// <param name="dialer">In whose words fields are named; null: not known.</param>
    /// <param name="isAsk">False: an outcome, to which yes or no is no answer.</param>
    public static DialerAnswer Refused(RpcException error, Dialer? dialer, bool isAsk)
    {
        ErrorInfo? info = InfoOf(error);
        string field = info?.Metadata.GetValueOrDefault("field", "") ?? "";
        field = field.StartsWith("contact.", StringComparison.Ordinal) ? field["contact.".Length..] : field;
        field = field == "request_id" ? DialerFields.Record : field;
        return new DialerAnswer(ConnectCodes.HttpStatus(error.StatusCode), isAsk ? false : null)
        {
            Reason = info?.Reason ?? "",
            Message = error.Status.Detail,
            Field = dialer?.WordFor(field) ?? field,
            RetrySeconds = error.StatusCode is StatusCode.Unavailable ? 1 : 0,
        };
    }

    public static RefusedException Unknown() => new(
        StatusCode.NotFound,
        ErrorReason.DialerUnknown,
        "No dialer is set up under this name: see the settings Dialers.");

    public static RefusedException FromPage() => new(
        StatusCode.PermissionDenied,
        ErrorReason.HostNotAllowed,
        "The request has an Origin: it comes from a web page, and dialers are none.",
        "Origin");

    public static DialerAnswer WrongMethod(Dialer dialer, bool isAsk) =>
        new(StatusCodes.Status405MethodNotAllowed, isAsk ? false : null)
        {
            Reason = ErrorReasonNames.Name(ErrorReason.CallUnknown),
            Message = $"Send a POST. GET is taken where the setting Dialers:{dialer.Name}:AllowGet allows it.",
        };

    public static async Task WriteAsync(HttpResponse response, DialerAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = ConnectContent.Json;
        response.Headers.CacheControl = "no-store";
        Head(response.Headers, "H2H-Dial", answer.Dial switch { true => "yes", false => "no", _ => "" });
        Head(response.Headers, "H2H-Reason", answer.Reason);
        Head(response.Headers, "H2H-Next-Allowed-At", answer.NextAllowedAt);
        Head(response.Headers, "H2H-Decision-Id", answer.DecisionId);
        Head(response.Headers, "H2H-Reservation-Id", answer.ReservationId);
        if (answer.RetrySeconds > 0)
        {
            response.Headers.RetryAfter = answer.RetrySeconds.ToString(CultureInfo.InvariantCulture);
        }

        await using Utf8JsonWriter writer = new(response.BodyWriter, Readable);
        writer.WriteStartObject();
        WriteBody(writer, answer);
        writer.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter writer, DialerAnswer answer)
    {
        if (answer.Dial is { } dial)
        {
            writer.WriteBoolean("dial", dial);
            writer.WriteBoolean("decided", answer.Decided);
        }

        Text(writer, "reason", answer.Reason);
        Text(writer, "message", answer.Message);
        Text(writer, "field", answer.Field);
        Text(writer, "rule", answer.Rule);
        if (answer.Reasons.Length > 0)
        {
            writer.WriteString("reasons", string.Join(',', answer.Reasons));
        }

        Text(writer, "nextAllowedAt", answer.NextAllowedAt);
        if (answer.Never)
        {
            writer.WriteBoolean("never", true);
        }

        Text(writer, "decisionId", answer.DecisionId);
        Text(writer, "reservationId", answer.ReservationId);
        Text(writer, "contactId", answer.ContactId);
        Text(writer, "state", answer.State);
    }

    private static void Text(Utf8JsonWriter writer, string name, string value)
    {
        if (value.Length > 0)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Head(IHeaderDictionary headers, string name, string value)
    {
        if (value.Length > 0)
        {
            headers[name] = value;
        }
    }

    private static string JsonOf(Timestamp instant) => instant.ToString().Trim('"');

    private static ErrorInfo? InfoOf(RpcException error) => ErrorWire.ReadDetails(error)
        .FirstOrDefault(static detail => detail.Is(ErrorInfo.Descriptor))?.Unpack<ErrorInfo>();

    private static string NameOf(ReasonCode code) =>
        ReasonCodes.FindValueByNumber((int)code).Name[ReasonPrefix.Length..];

    private static string NameOf(ContactState state) =>
        ContactStates.FindValueByNumber((int)state).Name[StatePrefix.Length..];
}
