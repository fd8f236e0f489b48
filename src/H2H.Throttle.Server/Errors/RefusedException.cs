using System.Collections.Immutable;
using System.Text;
using Grpc.Core;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Errors;

/// <summary>A call that is not answered, and why: nothing was changed.</summary>
internal sealed class RefusedException : Exception
{
    private const int BytesMax = 4000;   // trailers of more than 8 KiB in base64 are refused by many clients
    private const int ReasonBytes = 30;

    public RefusedException(StatusCode code, ErrorReason reason, string message, string? field = null)
        : base(message) => (Code, Reason, Field, Violations) = (code, reason, field, []);

    private RefusedException(ImmutableArray<Violation> named, bool areAll)
        : base(Summary(named, areAll)) =>
        (Code, Reason, Field, Violations) = (StatusCode.InvalidArgument, named[0].Reason, named[0].Field, named);

    public StatusCode Code { get; }

    public ErrorReason Reason { get; }

    /// <summary>The field of the request that is at fault; null: none in particular.</summary>
    public string? Field { get; }

    /// <summary>When asking again may succeed, should nobody know better; null: not by waiting alone.</summary>
    public TimeSpan? RetryAfter => Code switch
    {
        StatusCode.Unavailable when Reason is
            ErrorReason.StoreUnavailable or ErrorReason.ShuttingDown or ErrorReason.IssuerUnavailable =>
            TimeSpan.FromSeconds(1),
        StatusCode.Unavailable => TimeSpan.FromSeconds(30),
        StatusCode.ResourceExhausted when Reason is ErrorReason.Overloaded => TimeSpan.FromSeconds(1),
        _ => null,
    };

    /// <summary>Empty unless the request itself is wrong; the first ones, for which an answer has room.</summary>
    public ImmutableArray<Violation> Violations { get; }

    /// <param name="violations">At least one; the first one's reason is the call's.</param>
    public static RefusedException Invalid(IReadOnlyList<Violation> violations)
    {
        int bytes = BytesOf(violations[0]);
        ImmutableArray<Violation> named =
        [
            violations[0],
            .. violations.Skip(1).TakeWhile(one => (bytes += BytesOf(one)) <= BytesMax),
        ];
        return new RefusedException(named, named.Length == violations.Count);
    }

    private static int BytesOf(Violation violation) =>
        Encoding.UTF8.GetByteCount(violation.Field) + Encoding.UTF8.GetByteCount(violation.Message) + ReasonBytes;

    private static string Summary(ImmutableArray<Violation> named, bool areAll) => (named.Length, areAll) switch
    {
        (1, true) => named[0].Message,
        (1, false) => $"{named[0].Message} (Others are not named.)",
        (_, true) => $"{named[0].Message} ({named.Length - 1} more in the details.)",
        (_, false) => $"{named[0].Message} ({named.Length - 1} more in the details; others are not named.)",
    };
}
