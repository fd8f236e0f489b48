using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Testing.Conformance;

/// <summary>
/// What every record store does; here with one record, in the other files over time, in bulk and in races.
/// </summary>
public abstract partial class RecordStoreConformance : StoreConformance
{
    private static readonly RecordKey Key = new("person", "p1");

    [Fact]
    public async Task A_key_never_saved_loads_as_absent()
    {
        Record record = await Records.LoadAsync(Key, Cancellation);

        Assert.False(record.Exists);
        Assert.Equal(RecordVersion.Absent, record.Version);
        Assert.True(record.Value.IsEmpty);
    }

    [Fact]
    public async Task What_was_saved_is_loaded_at_the_version_that_the_save_answered()
    {
        RecordVersion version = await CreateAsync(Key, [1, 2, 3]);

        Record record = await Records.LoadAsync(Key, Cancellation);

        Assert.True(record.Exists);
        Assert.Equal(version, record.Version);
        Assert.Equal([1, 2, 3], record.Value.ToArray());
    }

    [Fact]
    public async Task What_is_recalled_without_a_look_is_what_a_look_would_find()
    {
        await SameAsync();
        RecordVersion first = await CreateAsync(Key, [1]);
        await SameAsync();
        await SaveAsync(Key, first, [2], Trial.Now + Trial.ShortLife);
        await SameAsync();
        await Trial.AdvanceAsync(Trial.ShortLife);
        await SameAsync();
        await CreateAsync(Key, [3]);
        await Trial.ReopenAsync();
        await SameAsync();

        async Task SameAsync()
        {
            Record? recalled = Records.Recall(Key);
            Record loaded = await Records.LoadAsync(Key, Cancellation);
            Assert.Equal(loaded.Version, (recalled ?? loaded).Version);
            Assert.Equal(loaded.Value.ToArray(), (recalled ?? loaded).Value.ToArray());
            Assert.Equal(loaded.Version, (Records.Recall(Key) ?? loaded).Version);
        }
    }

    [Fact]
    public async Task A_save_at_the_current_version_replaces_the_value_and_gives_a_new_version()
    {
        RecordVersion first = await CreateAsync(Key, [1]);

        RecordVersion second = await SaveAsync(Key, first, [2]);

        Assert.NotEqual(first, second);
        Assert.NotEqual(RecordVersion.Absent, second);
        Record record = await Records.LoadAsync(Key, Cancellation);
        Assert.Equal(second, record.Version);
        Assert.Equal([2], record.Value.ToArray());
    }

    [Fact]
    public async Task A_record_is_secured_as_it_was_saved_and_no_other()
    {
        RecordVersion first = await CreateAsync(Key, [1]);
        Durability? durability = await Records.SecureAsync(Key, first, Cancellation);
        RecordVersion second = await SaveAsync(Key, first, [2]);

        Assert.NotNull(durability);
        Assert.NotEqual(Durability.Unstated, durability);
        Assert.Null(await Records.SecureAsync(Key, first, Cancellation));
        Assert.Equal(durability, await Records.SecureAsync(Key, second, Cancellation));
        Assert.Equal([2], (await Records.LoadAsync(Key, Cancellation)).Value.ToArray());
    }

    [Fact]
    public async Task A_save_at_an_old_version_changes_nothing_and_answers_with_what_is_there()
    {
        RecordVersion first = await CreateAsync(Key, [1]);
        RecordVersion second = await SaveAsync(Key, first, [2]);

        SaveResult late = await Records.TrySaveAsync(Key, first, Bytes(3), null, Cancellation);

        Record current = Assert.IsType<SaveResult.Conflict>(late).Current;
        Assert.Equal(second, current.Version);
        Assert.Equal([2], current.Value.ToArray());
        Assert.Equal([2], (await Records.LoadAsync(Key, Cancellation)).Value.ToArray());
    }

    [Fact]
    public async Task Creating_what_is_already_there_is_a_conflict()
    {
        RecordVersion first = await CreateAsync(Key, [1]);

        SaveResult again = await Records.TrySaveAsync(Key, RecordVersion.Absent, Bytes(2), null, Cancellation);

        Record current = Assert.IsType<SaveResult.Conflict>(again).Current;
        Assert.Equal(first, current.Version);
        Assert.Equal([1], current.Value.ToArray());
    }

    [Fact]
    public async Task Replacing_what_is_not_there_is_a_conflict_with_an_absent_record()
    {
        SaveResult result = await Records.TrySaveAsync(Key, new RecordVersion(7), Bytes(1), null, Cancellation);

        Assert.Equal(Record.Absent, Assert.IsType<SaveResult.Conflict>(result).Current);
        Assert.False((await Records.LoadAsync(Key, Cancellation)).Exists);
    }

    [Fact]
    public async Task An_empty_value_is_a_record_like_any_other()
    {
        RecordVersion version = await CreateAsync(Key, []);

        Record record = await Records.LoadAsync(Key, Cancellation);

        Assert.Equal(version, record.Version);
        Assert.True(record.Exists);
        Assert.True(record.Value.IsEmpty);
    }

    [Fact]
    public async Task The_longest_value_is_kept_byte_for_byte()
    {
        byte[] longest = new byte[IRecordStore.ValueBytesMax];
        new Random(1).NextBytes(longest);
        await CreateAsync(Key, longest);

        Record record = await Records.LoadAsync(Key, Cancellation);

        Assert.True(record.Value.Span.SequenceEqual(longest));
    }

    [Fact]
    public async Task A_value_that_is_one_byte_too_long_is_refused_and_stores_nothing()
    {
        byte[] tooLong = new byte[IRecordStore.ValueBytesMax + 1];

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Records.TrySaveAsync(Key, RecordVersion.Absent, tooLong, null, Cancellation));

        Assert.False((await Records.LoadAsync(Key, Cancellation)).Exists);
    }

    [Fact]
    public async Task Keys_differ_by_kind_by_id_and_by_the_case_of_a_letter()
    {
        RecordKey[] keys = [Key, new("policy", "p1"), new("person", "p2"), new("person", "P1"), new("person", "p1.")];
        for (byte i = 0; i < keys.Length; i++)
        {
            await CreateAsync(keys[i], [i]);
        }

        for (byte i = 0; i < keys.Length; i++)
        {
            Assert.Equal([i], (await Records.LoadAsync(keys[i], Cancellation)).Value.ToArray());
        }
    }

    [Fact]
    public async Task The_longest_key_is_kept()
    {
        RecordKey longest = new(new string('k', RecordKey.KindLengthMax), new string('i', RecordKey.IdLengthMax));
        await CreateAsync(longest, [1]);

        Assert.Equal([1], (await Records.LoadAsync(longest, Cancellation)).Value.ToArray());
    }

    [Fact]
    public async Task Changing_the_buffer_after_the_save_does_not_change_the_record()
    {
        byte[] buffer = [1, 2, 3];
        await CreateAsync(Key, buffer);
        buffer[0] = 99;

        Assert.Equal([1, 2, 3], (await Records.LoadAsync(Key, Cancellation)).Value.ToArray());
    }

    [Fact]
    public async Task Records_survive_a_restart_with_their_versions()
    {
        RecordVersion kept = await CreateAsync(Key, [1]);
        RecordKey mortal = new("person", "p2");
        await Records.TrySaveAsync(
            mortal, RecordVersion.Absent, Bytes(2), Trial.Now + Duration.FromHours(1), Cancellation);

        await Trial.ReopenAsync();

        Record record = await Records.LoadAsync(Key, Cancellation);
        Assert.Equal(kept, record.Version);
        Assert.Equal([1], record.Value.ToArray());
        Assert.Equal([2], (await Records.LoadAsync(mortal, Cancellation)).Value.ToArray());
        Assert.NotEqual(kept, await SaveAsync(Key, kept, [3]));
    }

    protected static ReadOnlyMemory<byte> Bytes(params byte[] bytes) => bytes;

    protected ValueTask<RecordVersion> CreateAsync(RecordKey key, byte[] value, Instant? expires = null) =>
        SaveAsync(key, RecordVersion.Absent, value, expires);

    protected async ValueTask<RecordVersion> SaveAsync(
        RecordKey key, RecordVersion expected, byte[] value, Instant? expires = null)
    {
        SaveResult result = await Records.TrySaveAsync(key, expected, value, expires, Cancellation);
        return Assert.IsType<SaveResult.Saved>(result).Version;
    }
}
