using System.Collections.Immutable;
using Grpc.Core;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Errors;

/// <summary>A call that is not answered, and why: nothing was changed.</summary>
internal sealed class RefusedException : Exception
{
    public RefusedException(StatusCode code, ErrorReason reason, string message, string? field = null)
        : base(message) => (Code, Reason, Field, Violations) = (code, reason, field, []);

    private RefusedException(Violation first, ImmutableArray<Violation> violations)
        : base(Summary(first, violations.Length)) =>
        (Code, Reason, Field, Violations) = (StatusCode.InvalidArgument, first.Reason, first.Field, violations);

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

    /// <summary>Empty unless the request itself is wrong.</summary>
    public ImmutableArray<Violation> Violations { get; }

    /// <param name="violations">At least one; the first one's reason is the call's.</param>
    public static RefusedException Invalid(IReadOnlyList<Violation> violations) => new(violations[0], [.. violations]);

    private static string Summary(Violation first, int count) =>
        count == 1 ? first.Message : $"{first.Message} ({count - 1} more in the details.)";
}
