using H2H.Throttle.Engine.Records;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Replicas;

/// <summary>A record whose saver waits until a replica has it.</summary>
/// <param name="key">In Redis.</param>
/// <param name="version">At which it was saved.</param>
internal sealed class PendingSecure(RedisKey key, RecordVersion version)
{
    private readonly TaskCompletionSource<Durability?> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RedisKey Key => key;

    public RecordVersion Version => version;

    /// <summary>Null: the record is at another version.</summary>
    public Task<Durability?> Done => done.Task;

    public void Succeed(Durability? durability) => done.TrySetResult(durability);

    public void Fail(Exception error)
    {
        done.TrySetException(error);
        _ = done.Task.Exception;   // seen, even if the caller has left
    }
}
