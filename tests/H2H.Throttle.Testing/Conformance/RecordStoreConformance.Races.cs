using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Testing.Conformance;

public abstract partial class RecordStoreConformance
{
    private const int Writers = 64;

    [Fact]
    public async Task Of_many_who_save_at_the_same_version_exactly_one_wins_each_round()
    {
        const int rounds = 20;
        RecordVersion version = RecordVersion.Absent;
        for (int round = 0; round < rounds; round++)
        {
            RecordVersion expected = version;
            SaveResult[] results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
                async () => await Records.TrySaveAsync(Key, expected, Bytes((byte)writer), null, Cancellation))));

            int winner = Array.FindIndex(results, static result => result is SaveResult.Saved);
            version = Assert.Single(results.OfType<SaveResult.Saved>()).Version;
            Assert.All(results.OfType<SaveResult.Conflict>(), conflict =>
            {
                Assert.Equal(version, conflict.Current.Version);
                Assert.Equal([(byte)winner], conflict.Current.Value.ToArray());
            });
            Assert.Equal([(byte)winner], (await Records.LoadAsync(Key, Cancellation)).Value.ToArray());
        }
    }

    [Fact]
    public async Task Counting_by_load_and_save_from_many_writers_loses_no_count()
    {
        const int countsEach = 10;

        RecordVersion[][] versions = await Task.WhenAll(Enumerable.Range(0, Writers).Select(
            _ => Task.Run(() => CountAsync(countsEach))));

        Record record = await Records.LoadAsync(Key, Cancellation);
        Assert.Equal(Writers * countsEach, BitConverter.ToInt32(record.Value.Span));
        Assert.Equal(Writers * countsEach, versions.SelectMany(static each => each).Distinct().Count());
    }

    [Fact]
    public async Task Whoever_loads_after_a_save_was_acknowledged_sees_it()
    {
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            RecordKey key = new("person", $"p{writer}");
            RecordVersion version = RecordVersion.Absent;
            for (byte round = 0; round < 20; round++)
            {
                version = await SaveAsync(key, version, [round]);
                Record record = await Records.LoadAsync(key, Cancellation);
                Assert.Equal(version, record.Version);
                Assert.Equal([round], record.Value.ToArray());
            }
        })));
    }

    [Fact]
    public async Task A_refused_save_leaves_those_beside_it_alone()
    {
        byte[] tooLong = new byte[IRecordStore.ValueBytesMax + 1];
        await CreateAsync(Key, [1]);

        Task<SaveResult>[] good = new Task<SaveResult>[Writers];
        Task<SaveResult>[] bad = new Task<SaveResult>[Writers];
        for (int i = 0; i < Writers; i++)
        {
            RecordKey own = new("person", $"own{i}");
            bad[i] = i % 2 == 0
                ? Task.Run(async () => await Records.TrySaveAsync(own, default, tooLong, null, Cancellation))
                : Records.TrySaveAsync(Key, RecordVersion.Absent, Bytes(9), null, Cancellation).AsTask();
            good[i] = Records.TrySaveAsync(own, RecordVersion.Absent, Bytes((byte)i), null, Cancellation).AsTask();
        }

        Assert.All(await Task.WhenAll(good), static result => Assert.IsType<SaveResult.Saved>(result));
        for (int i = 0; i < Writers; i++)
        {
            if (i % 2 == 0)
            {
                await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => bad[i]);
            }
            else
            {
                Assert.IsType<SaveResult.Conflict>(await bad[i]);
            }
        }
    }

    [Fact]
    public async Task A_call_that_is_cancelled_from_the_start_does_nothing()
    {
        CancellationToken cancelled = new(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Records.TrySaveAsync(Key, RecordVersion.Absent, Bytes(1), null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Records.LoadAsync(Key, cancelled));
        await using IAsyncEnumerator<KeyValuePair<RecordKey, Record>> scan =
            Records.ScanAsync("person", null, cancelled).GetAsyncEnumerator(cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await scan.MoveNextAsync());

        Assert.False((await Records.LoadAsync(Key, Cancellation)).Exists);
    }

    [Fact]
    public async Task Saves_cancelled_while_they_run_are_done_or_not_and_harm_no_other()
    {
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            RecordKey key = new("person", $"p{writer}");
            using CancellationTokenSource source = new();
            Task<SaveResult> save =
                Records.TrySaveAsync(key, RecordVersion.Absent, Bytes(1), null, source.Token).AsTask();
            await source.CancelAsync();
            await Task.WhenAny(save);

            Record record = await Records.LoadAsync(key, Cancellation);
            if (save.IsCompletedSuccessfully)
            {
                Assert.Equal(record.Version, Assert.IsType<SaveResult.Saved>(await save).Version);
            }
            else
            {
                Assert.True(save.IsCanceled, $"The save failed with {save.Exception}.");
            }

            Assert.IsType<SaveResult.Saved>(await Records.TrySaveAsync(
                new RecordKey("other", key.Id), RecordVersion.Absent, Bytes(2), null, Cancellation));
        })));
    }

    [Fact]
    public async Task Closing_finishes_or_refuses_each_save_and_keeps_what_it_acknowledged()
    {
        Task<RecordKey[]>[] writers = [.. Enumerable.Range(0, Writers).Select(
            writer => Task.Run(() => SaveUntilClosedAsync($"p{writer}-")))];
        await Trial.Records.LoadAsync(Key, Cancellation);

        await Trial.CloseAsync();
        RecordKey[] acknowledged = [.. (await Task.WhenAll(writers)).SelectMany(static keys => keys)];
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Records.LoadAsync(Key, Cancellation));
        await Trial.ReopenAsync();

        foreach (RecordKey key in acknowledged)
        {
            Assert.True((await Records.LoadAsync(key, Cancellation)).Exists, $"{key} was acknowledged and is lost.");
        }
    }

    private async Task<RecordKey[]> SaveUntilClosedAsync(string prefix)
    {
        List<RecordKey> acknowledged = [];
        IRecordStore records = Records;
        while (true)
        {
            RecordKey key = new("person", $"{prefix}{acknowledged.Count}");
            try
            {
                Assert.IsType<SaveResult.Saved>(
                    await records.TrySaveAsync(key, RecordVersion.Absent, Bytes(1), null, Cancellation));
            }
            catch (ObjectDisposedException)
            {
                return [.. acknowledged];
            }

            acknowledged.Add(key);
        }
    }

    private async Task<RecordVersion[]> CountAsync(int times)
    {
        RecordVersion[] versions = new RecordVersion[times];
        Record current = await Records.LoadAsync(Key, Cancellation);
        for (int done = 0; done < times;)
        {
            int count = current.Exists ? BitConverter.ToInt32(current.Value.Span) : 0;
            byte[] next = BitConverter.GetBytes(count + 1);
            switch (await Records.TrySaveAsync(Key, current.Version, next, null, Cancellation))
            {
                case SaveResult.Saved saved:
                    current = new Record(saved.Version, next);
                    versions[done++] = saved.Version;
                    break;
                case SaveResult.Conflict conflict:
                    current = conflict.Current;
                    break;
            }
        }

        return versions;
    }
}
