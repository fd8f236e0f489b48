using NodaTime;

namespace H2H.Throttle.Engine.Records;

/// <summary>A record with all that has to be kept of it elsewhere.</summary>
/// <param name="Key">Which.</param>
/// <param name="Value">Its bytes.</param>
/// <param name="Expires">From when on it is absent, to about a second; null: never.</param>
public sealed record KeptRecord(RecordKey Key, ReadOnlyMemory<byte> Value, Instant? Expires);
