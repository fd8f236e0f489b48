using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Cli.Tests.Stores;

/// <summary><c>h2h store rotate-key</c> and <c>reopen</c>, with real servers before and after.</summary>
public sealed class RotateKeyTests : IDisposable
{
    private static readonly string[] Email = ["--channel", "email", "--purpose", "marketing"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_new_key_and_another_store_keep_a_no_an_address_and_a_reservation()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        string reservation = await FillAsync();

        Ended rotated = await CommandLine.RunAsync(
            ["store", "rotate-key", .. Stores($"redis:{redis.Address}#new:"), "--patience-ms", "0"]);
        await using LiveServer server = await LiveServer.StartAsync(
            true,
            "--Server:Store=redis",
            $"--Redis:Configuration={redis.Address}",
            "--Redis:KeyPrefix=new:",
            $"--Server:IdentityKeyPath={PathOf("new.key")}");

        rotated.With(exit: 0).Says("and none under the old one.");
        rotated.Says($"Server:IdentityKeyPath={PathOf("new.key")}");
        (await server.AskAsync(["check", "no", .. Email])).With(exit: 3).Says("OPTED_OUT");
        (await server.AskAsync(["check", "email:no@example.org", .. Email])).With(exit: 3).Says("OPTED_OUT");
        (await server.AskAsync("confirm", reservation)).With(exit: 0);
        (await server.AskAsync("journal", "list", "--kind", "identity_key_rotated")).With(exit: 0)
            .Says("identity_key_rotated");
        (await server.AskAsync("webhook", "test", "crm")).With(exit: 1).Says("cannot be reached");   // but is signed
        Assert.Equal(2, File.ReadAllLines(PathOf("new.key")).Length);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(PathOf("new.key"))
            is (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task A_rotation_that_is_given_up_leaves_the_store_as_it_was()
    {
        await FillAsync();
        string[] back = ["store", "reopen", $"sqlite:{PathOf("old.db")}", "--key", PathOf("old.key")];

        Ended first = await CommandLine.RunAsync(["store", "rotate-key", .. Stores($"sqlite:{PathOf("new.db")}")]);
        Ended again = await CommandLine.RunAsync(["store", "rotate-key", .. Stores($"sqlite:{PathOf("new.db")}")]);
        Ended reopened = await CommandLine.RunAsync(back);

        first.With(exit: 0);
        again.With(exit: 5).Complains("not empty");
        reopened.With(exit: 0).Says("The store is open");
        await using LiveServer server = await StartOldAsync();
        (await server.AskAsync(["check", "no", .. Email])).With(exit: 3).Says("OPTED_OUT");
    }

    [Fact]
    public async Task Wrong_files_are_named_before_anything_is_touched()
    {
        await FillAsync();
        folder.Write("other.key", new string('a', 64));
        folder.Write("bent.key", "no key");
        string[] stores = ["store", "rotate-key", $"sqlite:{PathOf("old.db")}", $"sqlite:{PathOf("new.db")}"];

        Ended missing = await CommandLine.RunAsync(
            [.. stores, "--key", PathOf("none.key"), "--new-key", PathOf("new.key")]);
        Ended bent = await CommandLine.RunAsync(
            [.. stores, "--key", PathOf("bent.key"), "--new-key", PathOf("new.key")]);
        Ended other = await CommandLine.RunAsync(
            [.. stores, "--key", PathOf("old.key"), "--new-key", PathOf("other.key")]);
        Ended foreign = await CommandLine.RunAsync(
            [.. stores, "--key", PathOf("other.key"), "--new-key", PathOf("new.key")]);

        missing.With(exit: 5).Complains("none.key cannot be read");
        bent.With(exit: 5).Complains("is no identity key");
        other.With(exit: 5).Complains("Name a file that is not there.");
        foreign.With(exit: 4).Complains("were made with another identity key");
        await using LiveServer server = await StartOldAsync();
        (await server.AskAsync(["check", "no", .. Email])).With(exit: 3).Says("OPTED_OUT");
    }

    private string PathOf(string name) => Path.Combine(folder.Path, name);

    private string[] Stores(string to) =>
        [$"sqlite:{PathOf("old.db")}", to, "--key", PathOf("old.key"), "--new-key", PathOf("new.key")];

    /// <summary>The id of a reservation that is open.</summary>
    private async Task<string> FillAsync()
    {
        await using LiveServer server = await StartOldAsync();
        (await server.AskAsync("person", "link", "no", "email:no@example.org")).With(exit: 0);
        (await server.AskAsync("opt-out", "no")).With(exit: 0);
        (await server.AskAsync("webhook", "create", "crm", "http://127.0.0.1:1/", "--paused")).With(exit: 0);
        Ended reserved = await server.AskAsync(["reserve", "ann", .. Email, "--json"]);
        return Wire.ReserveResponse.Parser.ParseJson(reserved.With(exit: 0).Output).Reservation.ReservationId;
    }

    private Task<LiveServer> StartOldAsync() => LiveServer.StartAsync(
        true, $"--Sqlite:Path={PathOf("old.db")}", $"--Server:IdentityKeyPath={PathOf("old.key")}");
}
