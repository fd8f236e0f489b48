using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Server.Http;
using H2H.Throttle.Server.Start;
using H2H.Throttle.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace H2H.Throttle.Server;

/// <summary>The service: a store, the engine over it, and two ports to ask it by.</summary>
internal sealed class ThrottleServer : IAsyncDisposable
{
    private readonly WebApplicationBuilder builder;
    private readonly Settings settings;
    private readonly ILoggerFactory logs;
    private readonly SqliteStore store;
    private WebApplication? app;
    private ThrottleEngine? engine;

    /// <summary>Reads the options and opens the store.</summary>
    /// <param name="args">Options, as in <c>--Server:GrpcPort=7001</c>.</param>
    /// <exception cref="Exception">It cannot; see <see cref="StartFailure.Explain"/>.</exception>
    public ThrottleServer(string[] args)
    {
        builder = WebApplication.CreateSlimBuilder(args);
        settings = Settings.Read(builder.Configuration);
        logs = QuietConsole.Open(builder.Configuration);
        store = SqliteStore.Open(settings.Sqlite, TimeProvider.System);
    }

    /// <summary>Where it listens, once started.</summary>
    public ServerAddresses Addresses => ServerAddresses.Of(app!);

    /// <summary>What a person who started it wants to read.</summary>
    public string Greeting =>
        Start.Greeting.Of(Addresses, settings.Sqlite.Path, engine!.Policies.Current.Version);

    /// <summary>Takes calls from when this returns.</summary>
    /// <exception cref="Exception">As for the constructor.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        engine = await OpenEngineAsync(cancellation);
        builder.Services.Replace(ServiceDescriptor.Singleton(logs));
        builder.Services.AddSingleton(engine);
        builder.Services.AddSingleton(settings.Server);
        builder.Services.AddCalls(settings.Server);
        builder.WebHost.ListenOnLoopback(settings.Server);

        app = builder.Build();
        app.UseConnect();
        app.MapCalls();
        app.MapNothingElse();
        await app.StartAsync(cancellation);
    }

    /// <summary>Waits until the process is asked to stop, and then until calls in flight are finished.</summary>
    public Task WaitForShutdownAsync() => app!.WaitForShutdownAsync();

    /// <summary>Takes no more calls, finishes those in flight, then closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        await store.DisposeAsync();
        logs.Dispose();
    }

    private async Task<ThrottleEngine> OpenEngineAsync(CancellationToken cancellation)
    {
        string firstPolicy = await FirstPolicy.ReadAsync(settings.Server.FirstPolicyPath, cancellation);
        IdentityHasher hasher = new(IdentityKeyFile.LoadOrCreate(settings.IdentityKeyPath));
        return await ThrottleEngine.OpenAsync(
            store.Records,
            store.Journal,
            hasher,
            settings.Throttle,
            firstPolicy,
            TimeProvider.System,
            logs,
            cancellation);
    }
}
