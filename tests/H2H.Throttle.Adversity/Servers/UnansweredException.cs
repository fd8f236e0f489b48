namespace H2H.Throttle.Adversity.Servers;

/// <summary>A call ended without an answer; it may have happened, and may still.</summary>
internal sealed class UnansweredException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>False: it never left its caller, so that it cannot have happened.</summary>
    public bool WasSent { get; init; } = true;
}
