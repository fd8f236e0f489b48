namespace Grpc.Core;

/// <summary>How a call ended: a code, and words about it that may be empty and travel to the other end.</summary>
public readonly struct Status
{
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    public Status(StatusCode statusCode, string detail, Exception? debugException) =>
        (StatusCode, Detail, DebugException) = (statusCode, detail, debugException);

    public StatusCode StatusCode { get; }

    public string Detail { get; }

    /// <summary>What this end knows about the cause. Never travels. Null where nothing was thrown here.</summary>
    public Exception? DebugException { get; }

    public override string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException}\")";
}
