using System.Runtime.InteropServices;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Writing;

namespace H2H.Throttle.Sqlite.Records;

/// <summary>Records to be saved with the next commit, each done or refused by itself.</summary>
internal sealed class PendingSaves(RecordSave[] saves, TimeProvider clock, CancellationToken cancellation)
    : PendingWrite<SaveResult[]>(cancellation)
{
    private const int OverheadBytes = 256;

    public override int Bytes { get; } = saves.Sum(static save => save.Value.Length + OverheadBytes);

    protected override SaveResult[] Write(WriteSession session)
    {
        long now = RecordTime.Now(clock);
        return Array.ConvertAll(saves, save => session.Records.TrySave(
            save.Key, save.Expected, BytesOf(save.Value), save.Expires?.ToUnixTimeTicks(), now));
    }

    // The saver has promised not to touch it again.
    private static byte[] BytesOf(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out ArraySegment<byte> segment) && segment.Count == segment.Array!.Length
            ? segment.Array
            : value.ToArray();
}
