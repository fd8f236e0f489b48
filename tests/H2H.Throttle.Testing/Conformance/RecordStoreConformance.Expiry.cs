using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Testing.Conformance;

public abstract partial class RecordStoreConformance
{
    [Fact]
    public async Task A_record_is_there_before_it_expires()
    {
        await CreateAsync(Key, [1], Trial.Now + Duration.FromHours(1));
        await Trial.AdvanceAsync(Trial.ShortLife);

        Assert.Equal([1], (await Records.LoadAsync(Key, Cancellation)).Value.ToArray());
    }

    [Fact]
    public async Task A_record_is_absent_once_it_has_expired()
    {
        await CreateAsync(Key, [1], Trial.Now + Trial.ShortLife);
        await Trial.AdvanceAsync(Trial.ShortLife);

        Assert.Equal(Record.Absent, await Records.LoadAsync(Key, Cancellation));
        Assert.Empty(await ScanAsync("person"));
    }

    [Fact]
    public async Task A_record_saved_with_an_expiry_already_past_is_absent()
    {
        await CreateAsync(Key, [1], Trial.Now - Duration.FromHours(1));

        Assert.Equal(Record.Absent, await Records.LoadAsync(Key, Cancellation));
    }

    [Fact]
    public async Task An_expired_record_cannot_be_replaced_but_created_anew()
    {
        RecordVersion expired = await CreateAsync(Key, [1], Trial.Now + Trial.ShortLife);
        await Trial.AdvanceAsync(Trial.ShortLife);

        SaveResult late = await Records.TrySaveAsync(Key, expired, Bytes(2), null, Cancellation);

        Assert.Equal(Record.Absent, Assert.IsType<SaveResult.Conflict>(late).Current);
        await CreateAsync(Key, [3]);
        Assert.Equal([3], (await Records.LoadAsync(Key, Cancellation)).Value.ToArray());
    }

    [Fact]
    public async Task A_version_never_comes_back_not_even_after_expiry_or_a_restart()
    {
        HashSet<RecordVersion> seen = [];
        for (byte life = 0; life < 3; life++)
        {
            RecordVersion created = await CreateAsync(Key, [life]);
            RecordVersion replaced = await SaveAsync(Key, created, [life], Trial.Now + Trial.ShortLife);
            await Trial.AdvanceAsync(Trial.ShortLife);
            await CreateAsync(new RecordKey("other", $"r{life}"), [1]);   // a commit, with which a store may clear away
            await Trial.ReopenAsync();

            Assert.True(seen.Add(created), "The version of a new record was one of an old record.");
            Assert.True(seen.Add(replaced), "The version of a changed record was one of an old record.");
        }
    }

    [Fact]
    public async Task A_later_save_moves_the_expiry_or_takes_it_away()
    {
        RecordKey kept = new("person", "kept");
        Instant soon = Trial.Now + Trial.ShortLife;
        RecordVersion moved = await CreateAsync(Key, [1], soon);
        RecordVersion freed = await CreateAsync(kept, [2], soon);
        await SaveAsync(Key, moved, [1], soon + Duration.FromHours(1));
        await SaveAsync(kept, freed, [2]);
        await Trial.AdvanceAsync(Trial.ShortLife);

        Assert.True((await Records.LoadAsync(Key, Cancellation)).Exists);
        Assert.True((await Records.LoadAsync(kept, Cancellation)).Exists);
    }

    [Fact]
    public async Task A_later_save_can_make_a_lasting_record_expire()
    {
        RecordVersion lasting = await CreateAsync(Key, [1]);
        await SaveAsync(Key, lasting, [1], Trial.Now + Trial.ShortLife);
        await Trial.AdvanceAsync(Trial.ShortLife);

        Assert.False((await Records.LoadAsync(Key, Cancellation)).Exists);
    }
}
