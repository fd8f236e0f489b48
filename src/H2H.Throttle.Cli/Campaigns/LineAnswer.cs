using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>What a server answered about a line.</summary>
/// <param name="Line">Its number.</param>
/// <param name="Decision">Null exactly if there is an error.</param>
/// <param name="Reservation">Null unless something was reserved.</param>
/// <param name="Error">Null exactly if there is a decision.</param>
internal sealed record LineAnswer(long Line, Decision? Decision, Reservation? Reservation, ItemError? Error)
{
    /// <summary>Asking again later may do.</summary>
    public bool MayBeRepeated => Error is not null
        && (Grpc.Core.StatusCode)Error.Code is Grpc.Core.StatusCode.Unavailable or Grpc.Core.StatusCode.Aborted
            or Grpc.Core.StatusCode.ResourceExhausted or Grpc.Core.StatusCode.DeadlineExceeded;
}
