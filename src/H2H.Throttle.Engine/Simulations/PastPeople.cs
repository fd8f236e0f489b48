using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>Reads what simulations need of a store or a backup.</summary>
public static class PastPeople
{
    /// <summary>Everybody, by the bytes of their keys; their records are not looked into yet.</summary>
    public static async IAsyncEnumerable<PastPerson> ReadAsync(
        IPastSource source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (KeptRecord kept in source.ListAsync(PersonStore.Kind, cancellation).ConfigureAwait(false))
        {
            ReadOnlyMemory<byte> bytes = kept.Value;
            yield return new PastPerson(
                kept.Key.Id,
                KeySpace.ShareBefore(kept.Key.Id),
                () => new Past(PersonCodec.Read(bytes).Person));
        }
    }

    /// <summary>The version that is in force there; null: nobody ever published one.</summary>
    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    public static async Task<PolicyVersion?> PolicyAsync(IPastSource source, CancellationToken cancellation)
    {
        KeptRecord? last = null;
        await foreach (KeptRecord kept in source
            .ListAsync(PolicyVersionRecord.Kind, cancellation).ConfigureAwait(false))
        {
            last = kept;
        }

        return last is null ? null : PolicyVersionRecord.Read(last.Value.Span).ToVersion();
    }
}
