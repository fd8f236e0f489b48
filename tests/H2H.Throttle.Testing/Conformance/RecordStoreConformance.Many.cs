using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Testing.Conformance;

/// <summary>Several records at once.</summary>
public abstract partial class RecordStoreConformance
{
    private static readonly RecordKey Second = new("person", "p2");
    private static readonly RecordKey Third = new("person", "p3");

    [Fact]
    public async Task Several_records_are_loaded_in_the_order_asked_absent_ones_too()
    {
        RecordVersion first = await CreateAsync(Key, [1]);
        RecordVersion third = await CreateAsync(Third, [3]);

        StoreAnswer<Record>[] answers = await Records.LoadManyAsync([Third, Second, Key, Third], Cancellation);

        Assert.All(answers, static answer => Assert.Null(answer.Failure));
        Assert.Equal(
            [third, RecordVersion.Absent, first, third], answers.Select(static answer => answer.Value!.Version));
        Assert.Equal([3, 0, 1, 3], answers.Select(static answer =>
            answer.Value!.Value.IsEmpty ? 0 : answer.Value.Value.Span[0]));
    }

    [Fact]
    public async Task Of_several_saves_each_is_done_or_refused_by_itself()
    {
        RecordVersion first = await CreateAsync(Key, [1]);
        RecordVersion second = await CreateAsync(Second, [2]);
        await SaveAsync(Second, second, [22]);

        StoreAnswer<SaveResult>[] answers = await Records.TrySaveManyAsync(
            [
                new RecordSave(Key, first, Bytes(11), null),
                new RecordSave(Second, second, Bytes(99), null),
                new RecordSave(Third, RecordVersion.Absent, Bytes(3), null),
            ],
            Cancellation);

        SaveResult.Saved replaced = Assert.IsType<SaveResult.Saved>(answers[0].Value);
        SaveResult.Conflict refused = Assert.IsType<SaveResult.Conflict>(answers[1].Value);
        SaveResult.Saved created = Assert.IsType<SaveResult.Saved>(answers[2].Value);
        Assert.Equal([22], refused.Current.Value.ToArray());
        Record one = await Records.LoadAsync(Key, Cancellation);
        Record two = await Records.LoadAsync(Second, Cancellation);
        Record three = await Records.LoadAsync(Third, Cancellation);
        Assert.Equal(
            (replaced.Version, refused.Current.Version, created.Version), (one.Version, two.Version, three.Version));
        Assert.Equal([11, 22, 3], new[] { one, two, three }.Select(static record => record.Value.Span[0]));
    }

    [Fact]
    public async Task Of_two_saves_of_one_record_at_once_one_is_refused()
    {
        StoreAnswer<SaveResult>[] answers = await Records.TrySaveManyAsync(
            [
                new RecordSave(Key, RecordVersion.Absent, Bytes(1), null),
                new RecordSave(Key, RecordVersion.Absent, Bytes(2), null),
            ],
            Cancellation);

        Assert.Single(answers, static answer => answer.Value is SaveResult.Saved);
        Assert.Single(answers, static answer => answer.Value is SaveResult.Conflict);
    }

    [Fact]
    public async Task A_hundred_saves_at_once_are_all_there()
    {
        RecordKey[] keys = [.. Enumerable.Range(0, 100).Select(static i => new RecordKey("person", $"m{i}"))];

        await Records.TrySaveManyAsync(
            [.. keys.Select(static (key, i) => new RecordSave(key, RecordVersion.Absent, Bytes((byte)i), null))],
            Cancellation);

        StoreAnswer<Record>[] answers = await Records.LoadManyAsync(keys, Cancellation);
        Assert.Equal(Enumerable.Range(0, 100), answers.Select(static answer => (int)answer.Value!.Value.Span[0]));
    }
}
