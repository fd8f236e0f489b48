using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>What became of one line of an audience, as it is written down. Absent texts are empty.</summary>
internal sealed record VerdictRow
{
    public const string Allow = "ALLOW";
    public const string Deny = "DENY";
    public const string Error = "ERROR";
    public const string BadLine = "BAD_LINE";

    public const string CsvHeader =
        "line,person_id,verdict,rule,code,message,next_allowed_at,reservation_id,confirm_by,request_id\n";

    public required long Line { get; init; }

    public required string PersonId { get; init; }

    /// <summary><see cref="Allow"/>, <see cref="Deny"/>, or <see cref="Error"/>: nothing was decided.</summary>
    public required string Verdict { get; init; }

    /// <summary>The first rule in the way.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Of the reason, or of the error.</summary>
    public string Code { get; init; } = "";

    public string Message { get; init; } = "";

    /// <summary>From when on it would be allowed; <c>never</c>: waiting does not help.</summary>
    public string NextAllowedAt { get; init; } = "";

    public string ReservationId { get; init; } = "";

    public string ConfirmBy { get; init; } = "";

    /// <summary>The run, and the line.</summary>
    public required string RequestId { get; init; }

    /// <summary>By what a tally counts it.</summary>
    [JsonIgnore]
    public string Reason => Rule.Length > 0 ? Rule : Code;

    public static VerdictRow Of(AudienceLine line, string run, Decision decision, Reservation? reservation)
    {
        Reason? first = decision.Reasons.Count > 0 ? decision.Reasons[0] : null;
        return new VerdictRow
        {
            Line = line.Number,
            PersonId = line.PersonId,
            Verdict = decision.Verdict is Wire.Verdict.Allow ? Allow : Deny,
            Rule = first?.Rule ?? "",
            Code = first is null ? "" : Word(first.Code),
            Message = first?.Message ?? "",
            NextAllowedAt = decision.NextAllowedAt is { } next ? Text(next) : decision.Never ? "never" : "",
            ReservationId = reservation?.ReservationId ?? "",
            ConfirmBy = reservation is null ? "" : Text(reservation.ExpiresAt),
            RequestId = RequestIdOf(run, line.Number),
        };
    }

    public static VerdictRow Of(AudienceLine line, string run, ItemError error) =>
        OfError(line, run, Word(error.Reason), error.Message);

    /// <summary>A line that cannot be asked about.</summary>
    public static VerdictRow OfBad(AudienceLine line, string run) =>
        OfError(line, run, BadLine, $"Line {line.Number} {line.Fault}.");

    public static string RequestIdOf(string run, long line) =>
        string.Create(CultureInfo.InvariantCulture, $"{run}/{line}");

    public void AppendCsv(StringBuilder to) => CsvText.AppendRecord(
        to,
        Line.ToString(CultureInfo.InvariantCulture),
        PersonId,
        Verdict,
        Rule,
        Code,
        Message,
        NextAllowedAt,
        ReservationId,
        ConfirmBy,
        RequestId);

    private static VerdictRow OfError(AudienceLine line, string run, string code, string message) => new()
    {
        Line = line.Number,
        PersonId = line.PersonId,
        Verdict = Error,
        Code = code,
        Message = message,
        RequestId = RequestIdOf(run, line.Number),
    };

    // CAP_REACHED, as the proto has it, of CapReached, as the generated enum has it.
    private static string Word(System.Enum value) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    private static string Text(Timestamp at) =>
        at.ToDateTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}
