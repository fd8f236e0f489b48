namespace H2H.Throttle.Engine.Archives;

/// <summary>A copy, backup or restoration cannot be done, or was not exact: why, and what to do about it.</summary>
public sealed class TransferException(string message, Exception? inner = null) : Exception(message, inner);
