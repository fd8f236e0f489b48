namespace H2H.Throttle.Server.Start;

/// <summary>The server cannot start, for a reason that an operator can mend. The message ends a sentence.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
