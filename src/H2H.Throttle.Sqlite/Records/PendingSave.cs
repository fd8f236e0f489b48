using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Writing;

namespace H2H.Throttle.Sqlite.Records;

/// <summary>A record to be saved with the next commit.</summary>
internal sealed class PendingSave(
    RecordKey key,
    RecordVersion expected,
    byte[] value,
    long? expires,
    TimeProvider clock,
    CancellationToken cancellation) : PendingWrite<SaveResult>(cancellation)
{
    private const int OverheadBytes = 256;

    public override int Bytes => value.Length + OverheadBytes;

    protected override SaveResult Write(WriteSession session) =>
        session.Records.TrySave(key, expected, value, expires, RecordTime.Now(clock));
}
