using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite;
using H2H.Throttle.Testing.Servers;
using NodaTime;

namespace H2H.Throttle.Cli.Tests.Stores;

/// <summary><c>h2h store copy</c>, <c>backup</c> and <c>restore</c>, between real stores.</summary>
public sealed class StoreCommandTests : IDisposable
{
    private const int People = 40;
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Everything_goes_from_the_embedded_store_to_Redis_and_back_through_a_backup()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await FillAsync();
        string there = $"redis:{redis.Address}#copy:";

        Ended copied = await CommandLine.RunAsync("store", "copy", Store("first.db"), there);
        Ended backedUp = await CommandLine.RunAsync("backup", PathOf("all.backup"), "--store", there);
        Ended restored = await CommandLine.RunAsync("restore", PathOf("all.backup"), "--store", Store("second.db"));
        Ended again = await CommandLine.RunAsync("store", "copy", Store("first.db"), Store("second.db"), "--overwrite");

        copied.With(0).Says("40 records and 2 entries of the journal, compared one by one: the same.");
        backedUp.With(0).Says("identity key");
        restored.With(0).Says("40 records and 2 entries");
        again.With(0).Says("the same.");
    }

    [Fact]
    public async Task What_would_be_lost_is_refused_with_what_to_do()
    {
        await FillAsync();
        await CommandLine.RunAsync("backup", PathOf("all.backup"), "--store", Store("first.db"));
        byte[] whole = await File.ReadAllBytesAsync(PathOf("all.backup"), Cancellation);
        await File.WriteAllBytesAsync(PathOf("torn.backup"), whole[..^10], Cancellation);

        Ended there = await CommandLine.RunAsync("backup", PathOf("all.backup"), "--store", Store("first.db"));
        Ended full = await CommandLine.RunAsync("restore", PathOf("all.backup"), "--store", Store("first.db"));
        Ended torn = await CommandLine.RunAsync("restore", PathOf("torn.backup"), "--store", Store("new.db"));
        Ended missing = await CommandLine.RunAsync("store", "copy", Store("none.db"), Store("new.db"));
        Ended nowhere = await CommandLine.RunAsync("store", "copy", Store("first.db"), "postgres:there");

        there.With(5).Complains("is there already");
        full.With(5).Complains("--overwrite");
        torn.With(5).Complains("torn or was changed");
        missing.With(2).Complains("There is no store");
        nowhere.With(2).Complains("sqlite:PATH");
        Assert.False(File.Exists(PathOf("new.db")));
    }

    private string PathOf(string name) => Path.Combine(folder.Path, name);

    private string Store(string name) => $"sqlite:{PathOf(name)}";

    private async Task FillAsync()
    {
        await using SqliteStore store = SqliteStore.Open(
            new SqliteOptions { Path = PathOf("first.db") }, TimeProvider.System);
        Instant later = SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(30);
        for (int number = 0; number < People; number++)
        {
            await store.Records.TrySaveAsync(
                new RecordKey(number % 2 == 0 ? "person" : "policy", $"{number:D12}"),
                RecordVersion.Absent,
                new byte[] { (byte)number },
                number % 2 == 0 ? later : null,
                Cancellation);
        }

        await store.Journal.AppendAsync(
            [Fact("one"), Fact("two")], Cancellation);
    }

    private static JournalFact Fact(string id) =>
        new(id, Instant.FromUnixTimeTicks(1), "opt_out", "p1", ReadOnlyMemory<byte>.Empty);
}
