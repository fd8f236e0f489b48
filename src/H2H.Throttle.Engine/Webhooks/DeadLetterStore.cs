using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>Where dead letters are kept. Safe from any thread.</summary>
internal sealed class DeadLetterStore(IRecordStore records)
{
    private const int SaveTriesMax = 16;

    public async ValueTask<DeadLetterRecord> LoadAsync(string webhookId, CancellationToken cancellation) =>
        DeadLetterRecord.Read(
            await records.LoadAsync(DeadLetterRecord.KeyOf(webhookId), cancellation).ConfigureAwait(false));

    /// <summary>Changes them; nothing if <paramref name="change"/> gives back what it got.</summary>
    public async ValueTask<DeadLetterRecord> ChangeAsync(
        string webhookId, Func<DeadLetterRecord, DeadLetterRecord> change, CancellationToken cancellation)
    {
        RecordKey key = DeadLetterRecord.KeyOf(webhookId);
        Record current = await records.LoadAsync(key, cancellation).ConfigureAwait(false);
        for (int tries = 0; tries < SaveTriesMax; tries++)
        {
            DeadLetterRecord before = DeadLetterRecord.Read(current);
            DeadLetterRecord after = change(before);
            if (ReferenceEquals(before, after)
                || await records.TrySaveAsync(key, current.Version, after.Write(), null, cancellation)
                    .ConfigureAwait(false) is not SaveResult.Conflict conflict)
            {
                return after;
            }

            current = conflict.Current;
        }

        throw new RequestException(
            ProblemReason.Contended, "", "Others kept changing the dead letters at the same time. Repeat.");
    }
}
