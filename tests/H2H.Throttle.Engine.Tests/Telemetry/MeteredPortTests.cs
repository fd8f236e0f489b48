using System.Reflection;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Telemetry;

namespace H2H.Throttle.Engine.Tests.Telemetry;

/// <summary>What stands before a store to measure it hands every call on.</summary>
public sealed class MeteredPortTests
{
    [Theory]
    [InlineData(typeof(MeteredRecords), typeof(IRecordStore))]
    [InlineData(typeof(MeteredJournal), typeof(IJournal))]
    public void No_member_of_a_port_is_left_to_its_default(Type metered, Type port)
    {
        InterfaceMapping map = metered.GetInterfaceMap(port);

        Assert.NotEmpty(map.TargetMethods);
        Assert.All(map.TargetMethods, method => Assert.Equal(metered, method.DeclaringType));
    }

    [Fact]
    public async Task Calls_are_timed_by_operation_and_by_how_they_end()
    {
        await using TrialEngine trial = await TrialEngine.StartAsync();
        using ThrottleMeter meter = new("trial", TimeProvider.System);
        using Heard heard = new(meter);
        MeteredRecords records = new(trial.Records, meter.Stores);
        MeteredJournal journal = new(trial.Journal, meter.Stores);
        RecordKey key = new("sample", "one");

        await records.LoadAsync(key, TrialEngine.Cancellation);
        SaveResult saved = await records.TrySaveAsync(
            key, RecordVersion.Absent, new byte[1], null, TrialEngine.Cancellation);
        await records.TrySaveAsync(key, RecordVersion.Absent, new byte[1], null, TrialEngine.Cancellation);
        await records.LoadAsync(key, TrialEngine.Cancellation);
        await records.SecureAsync(
            key, Assert.IsType<SaveResult.Saved>(saved).Version, TrialEngine.Cancellation);
        long position = await journal.AppendAsync(
            [new JournalFact("a", TrialEngine.Start, "kind", "subject", default)], TrialEngine.Cancellation);
        await journal.ReadAsync(0, 1, TrialEngine.Cancellation);

        Assert.Equal(
            [
                "store=trial operation=append result=appended: 1",
                "store=trial operation=load result=absent: 1",
                "store=trial operation=load result=found: 1",
                "store=trial operation=read result=found: 1",
                "store=trial operation=save result=conflict: 1",
                "store=trial operation=save result=saved: 1",
                "store=trial operation=secure result=secured: 1",
            ],
            heard.Of("h2h.throttle.store.duration"));
        Assert.Equal(position, meter.JournalPosition);
    }

    [Fact]
    public async Task A_call_that_fails_is_timed_too_and_fails()
    {
        using ThrottleMeter meter = new("trial", TimeProvider.System);
        using Heard heard = new(meter);

        StoreException failure = await Assert.ThrowsAsync<StoreException>(async () => await meter.Stores.TimeAsync(
            "save",
            0,
            static _ => ValueTask.FromException<int>(new StoreException(StoreFailure.Full, "It is full.")),
            static _ => "saved"));

        Assert.Equal(StoreFailure.Full, failure.Failure);
        Assert.Equal(
            ["store=trial operation=save result=full: 1"], heard.Of("h2h.throttle.store.duration"));
    }
}
