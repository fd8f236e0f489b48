using System.Text;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Testing.Conformance;

public abstract partial class RecordStoreConformance
{
    private const int ManyRecords = 1234;   // more than any page of a store, and not a multiple of one

    [Fact]
    public async Task A_scan_of_a_kind_without_records_is_empty()
    {
        await CreateAsync(Key, [1]);

        Assert.Empty(await ScanAsync("policy"));
        Assert.Empty(await ScanAsync("perso"));
        Assert.Empty(await ScanAsync("person2"));
    }

    [Fact]
    public async Task A_scan_shows_every_record_of_its_kind_once_in_the_order_of_the_bytes_of_its_id()
    {
        IEnumerable<string> plain =
            Enumerable.Range(0, ManyRecords).Select(static i => i % 2 == 0 ? $"a-{i}" : $"Z-{i}");
        string[] ids = [.. plain, "_", "."];
        await Task.WhenAll(ids.Select(async id => await CreateAsync(new RecordKey("person", id), Value(id))));
        await CreateAsync(new RecordKey("policy", "a-0"), [1]);

        List<KeyValuePair<RecordKey, Record>> found = await ScanAsync("person");

        Assert.Equal(ids.Order(StringComparer.Ordinal), found.Select(static record => record.Key.Id));
        Assert.All(found, static record =>
        {
            Assert.Equal("person", record.Key.Kind);
            Assert.True(record.Value.Exists);
            Assert.Equal(Value(record.Key.Id), record.Value.Value.ToArray());
        });
    }

    [Fact]
    public async Task A_scan_starts_after_the_id_given_whether_or_not_that_exists()
    {
        foreach (string id in (string[])["a", "b", "d", "e"])
        {
            await CreateAsync(new RecordKey("person", id), [1]);
        }

        Assert.Equal(["d", "e"], (await ScanAsync("person", "b")).Select(static record => record.Key.Id));
        Assert.Equal(["d", "e"], (await ScanAsync("person", "c")).Select(static record => record.Key.Id));
        Assert.Empty(await ScanAsync("person", "e"));
        Assert.Equal(["a", "b", "d", "e"], (await ScanAsync("person", "")).Select(static record => record.Key.Id));
    }

    [Fact]
    public async Task A_scan_carries_large_values_too()
    {
        for (byte i = 1; i <= 5; i++)
        {
            byte[] large = new byte[IRecordStore.ValueBytesMax / 2];
            Array.Fill(large, i);
            await CreateAsync(new RecordKey("person", $"p{i}"), large);
        }

        List<KeyValuePair<RecordKey, Record>> found = await ScanAsync("person");

        Assert.Equal([1, 2, 3, 4, 5], found.Select(static record => record.Value.Value.Span[^1]));
    }

    [Fact]
    public async Task A_scan_during_saves_shows_every_lasting_record_once_and_in_order()
    {
        string[] ids = [.. Enumerable.Range(0, ManyRecords).Select(static i => $"p{i:D5}")];
        await Task.WhenAll(ids.Select(async id => await CreateAsync(new RecordKey("person", id), Value(id))));
        using CancellationTokenSource scanned = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task saving = KeepSavingAsync(ids, scanned.Token);

        List<string> found = [];
        await foreach ((RecordKey key, Record record) in Records.ScanAsync("person", null, Cancellation))
        {
            found.Add(key.Id);
            Assert.Equal(Value(key.Id), record.Value[..Value(key.Id).Length].ToArray());
        }

        await scanned.CancelAsync();
        await saving;
        Assert.Equal(found.Order(StringComparer.Ordinal), found);
        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Empty(ids.Except(found));
    }

    private async Task KeepSavingAsync(string[] ids, CancellationToken ended)
    {
        Random random = new(1);
        while (!ended.IsCancellationRequested)
        {
            string id = ids[random.Next(ids.Length)];
            RecordKey key = new("person", id);
            Record current = await Records.LoadAsync(key, Cancellation);
            await SaveAsync(key, current.Version, [.. Value(id), (byte)random.Next(256)]);
            string added = $"new-{random.NextInt64():x}";
            await CreateAsync(new RecordKey("person", added), Value(added));
        }
    }

    private static byte[] Value(string id) => Encoding.ASCII.GetBytes(id);

    private async Task<List<KeyValuePair<RecordKey, Record>>> ScanAsync(string kind, string? afterId = null)
    {
        List<KeyValuePair<RecordKey, Record>> found = [];
        await foreach (KeyValuePair<RecordKey, Record> record in Records.ScanAsync(kind, afterId, Cancellation))
        {
            found.Add(record);
        }

        return found;
    }
}
