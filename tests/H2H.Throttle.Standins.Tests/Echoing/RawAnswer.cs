namespace H2H.Throttle.Standins.Tests.Echoing;

/// <summary>What came back, as it was on the wire.</summary>
/// <param name="Status">The number of the status, as text.</param>
/// <param name="Encoding">The header that names the compression; null without one.</param>
/// <param name="IsCompressed">What the flag of the message says.</param>
/// <param name="Message">The bytes of the message as they came; empty where none came.</param>
public sealed record RawAnswer(string Status, string? Encoding, bool IsCompressed, ReadOnlyMemory<byte> Message);
