using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Sqlite.Records;

/// <summary>A record as the file holds it, expired or not.</summary>
/// <param name="Record">The version and value.</param>
/// <param name="Expires">The tick from which on it is absent; null keeps it.</param>
internal sealed record StoredRecord(Record Record, long? Expires)
{
    /// <summary>What a caller sees of it at a tick.</summary>
    public Record At(long now) => Expires <= now ? Record.Absent : Record;
}
