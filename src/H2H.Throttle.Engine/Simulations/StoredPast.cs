using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>The pasts that a store holds, read while it is used.</summary>
public sealed class StoredPast(IRecordStore records) : IPastSource
{
    public async IAsyncEnumerable<KeptRecord> ListAsync(
        string kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach ((RecordKey key, Record record) in records
            .ScanAsync(kind, null, cancellation).ConfigureAwait(false))
        {
            yield return new KeptRecord(key, record.Value, null);
        }
    }
}
