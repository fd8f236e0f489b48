using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Records;

namespace H2H.Throttle.Sqlite.Tests.Records;

public sealed class RecordCacheTests
{
    private static readonly RecordKey Key = new("person", "p1");

    [Fact]
    public void What_was_read_before_a_commit_never_replaces_what_was_committed()
    {
        RecordCache cache = new(bytesMax: 1_000_000);
        long ticket = cache.TakeTicket(Key);
        cache.Publish(Key, Stored(2));

        cache.Offer(Key, Stored(1), ticket);

        Assert.Equal(2, cache.Find(Key)?.Record.Version.Number);
    }

    [Fact]
    public void What_was_read_before_a_record_went_or_all_was_forgotten_does_not_bring_it_back()
    {
        RecordCache cache = new(bytesMax: 1_000_000);
        long beforeItWent = cache.TakeTicket(Key);
        cache.Publish(Key, null);
        cache.Offer(Key, Stored(1), beforeItWent);
        Assert.Null(cache.Find(Key));

        long beforeForgetting = cache.TakeTicket(Key);
        cache.Clear();
        cache.Offer(Key, Stored(1), beforeForgetting);
        Assert.Null(cache.Find(Key));
    }

    [Fact]
    public void What_was_read_with_no_commit_since_is_kept()
    {
        RecordCache cache = new(bytesMax: 1_000_000);

        cache.Offer(Key, Stored(1), cache.TakeTicket(Key));

        Assert.Equal(1, cache.Find(Key)?.Record.Version.Number);
    }

    [Fact]
    public void Room_is_made_by_dropping_what_was_used_longest_ago()
    {
        RecordCacheShard shard = new(bytesMax: 3 * 1300);
        RecordKey[] keys = [.. Enumerable.Range(0, 4).Select(static i => new RecordKey("person", $"p{i}"))];
        Array.ForEach(keys[..3], key => shard.Publish(key, Stored(1)));
        Assert.NotNull(shard.Find(keys[0]));

        shard.Publish(keys[3], Stored(1));

        Assert.Null(shard.Find(keys[1]));
        Assert.All((RecordKey[])[keys[0], keys[2], keys[3]], key => Assert.NotNull(shard.Find(key)));
    }

    [Fact]
    public void A_value_larger_than_the_cache_is_not_kept_and_neither_is_its_old_self()
    {
        RecordCacheShard shard = new(bytesMax: 2000);
        shard.Publish(Key, Stored(1));

        shard.Publish(Key, Stored(2, valueBytes: 5000));

        Assert.Null(shard.Find(Key));
    }

    private static StoredRecord Stored(long version, int valueBytes = 1000) =>
        new(new Record(new RecordVersion(version), new byte[valueBytes]), Expires: null);
}
