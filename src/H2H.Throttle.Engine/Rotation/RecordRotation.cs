using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Shadows;
using H2H.Throttle.Engine.Webhooks;

namespace H2H.Throttle.Engine.Rotation;

/// <summary>Any record of a store, with every hash in it and in its key brought under the newest key.</summary>
internal sealed class RecordRotation(IdentityHasher hasher, int generation)
{
    private readonly HashRotation hashes = new(hasher, generation);
    private readonly PersonRotation people = new(new HashRotation(hasher, generation));

    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    /// <exception cref="TransferException">It is of a kind that this version does not know.</exception>
    public KeptRecord Of(KeptRecord kept) => kept.Key.Kind switch
    {
        PersonStore.Kind => Hashed(kept, PersonCodec.Write(people.Of(PersonCodec.Read(kept.Value)))),
        PoolStore.Kind => Hashed(kept, PoolCodec.Write(Of(PoolCodec.Read(kept.Value.Span)))),
        SegmentFormat.Kind => kept with { Value = OfSegment(kept.Value) },
        PolicyVersionRecord.Kind => kept with { Value = OfPolicy(kept.Value) },
        _ when kept.Key == PendingChange.Key => kept with { Value = OfPending(kept) },
        _ when kept.Key == KeyRecord.Key => kept with { Value = KeyRecord.Of(hasher) },
        _ when HasNoHash(kept.Key) => kept,
        _ => throw new TransferException(
            $"The store holds records of the kind {kept.Key.Kind}, which this version does not know. Run the version "
            + "that the servers run."),
    };

    /// <summary>
    /// Layers are named by the hash of an import's id, which is worth nothing to anybody. Secrets of webhooks are
    /// opened by the keys that came before, too.
    /// </summary>
    private static bool HasNoHash(RecordKey key) =>
        key.Kind is ShelfRecord.Kind or LayerRecord.Kind or ShadowCountsRecord.Kind
        || key.Kind is WebhookProgress.Kind or DeadLetterRecord.Kind
        || key == WebhookShelfRecord.Key
        || key == KeyRingRecord.Key
        || key == ShadowPolicyRecord.Key;

    private KeptRecord Hashed(KeptRecord kept, byte[] value) =>
        kept with { Key = new RecordKey(kept.Key.Kind, hashes.Of(kept.Key.Id)), Value = value };

    /// <summary>What was about to be reserved is not: no server is running.</summary>
    private PoolRecord Of(PoolRecord pool) =>
        PoolRecord.Empty with { Members = PoolRecord.Empty.Members.Union(pool.Members.Select(hashes.Of)) };

    private byte[] OfSegment(ReadOnlyMemory<byte> value)
    {
        Span<ulong> entries = new ulong[SegmentFormat.EntriesMax];
        entries = entries[..SegmentFormat.Read(value.Span, entries)];
        foreach (ref ulong entry in entries)
        {
            entry = hashes.Of(entry);
        }

        entries.Sort();
        return SegmentFormat.Write(entries);
    }

    private byte[] OfPolicy(ReadOnlyMemory<byte> value)
    {
        PolicyVersionRecord version = PolicyVersionRecord.Read(value.Span);
        return (version.Request is { } request ? version with { Request = hashes.Of(request) } : version).Write();
    }

    private byte[] OfPending(KeptRecord kept)
    {
        PendingChange change = PendingChange.Read(new Record(new RecordVersion(1), kept.Value));
        return (change with { Source = OfMaybe(change.Source), Target = OfMaybe(change.Target) }).Write();
    }

    private string OfMaybe(string person) => person.Length == 0 ? person : hashes.Of(person);
}
