namespace H2H.Throttle.Cli.Asking;

/// <summary>What the user gave cannot be used; the message says what it is and how to mend it.</summary>
internal sealed class UnusableException(string message, Exception? cause = null) : Exception(message, cause);
