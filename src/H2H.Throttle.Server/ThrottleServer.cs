using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Keywords;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Telemetry;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Dialers;
using H2H.Throttle.Server.Health;
using H2H.Throttle.Server.Http;
using H2H.Throttle.Server.OpenApi;
using H2H.Throttle.Server.Policies;
using H2H.Throttle.Server.PublicPages;
using H2H.Throttle.Server.Start;
using H2H.Throttle.Server.Stores;
using H2H.Throttle.Server.Telemetry;
using H2H.Throttle.Server.Webhooks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace H2H.Throttle.Server;

/// <summary>The service: a store, the engine over it, and two ports to ask it by.</summary>
internal sealed class ThrottleServer : IAsyncDisposable
{
    private const int LooksMax = 20;

    // Or else whatever is written below the working directory, such as the store, wakes who looks for settings there.
    private const string SettingsAreReadOnce = "--hostBuilder:reloadConfigOnChange=false";

    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(100);

    private readonly WebApplicationBuilder builder;
    private readonly Settings settings;
    private readonly ILoggerFactory logs;
    private readonly Func<IStore, IStore> around;
    private ThrottleMeter? meter;
    private TelemetryPipeline? telemetry;
    private IStore? store;
    private WebApplication? app;
    private ThrottleEngine? engine;

    /// <summary>Reads the options.</summary>
    /// <param name="args">Options, as in <c>--Server:GrpcPort=7001</c>.</param>
    /// <param name="around">Puts something between the server and its store; null: nothing.</param>
    /// <exception cref="Exception">It cannot; see <see cref="StartFailure.Explain"/>.</exception>
    public ThrottleServer(string[] args, Func<IStore, IStore>? around = null)
    {
        this.around = around ?? (static store => store);
        builder = WebApplication.CreateSlimBuilder([.. args, SettingsAreReadOnce]);
        settings = Settings.Read(builder.Configuration);
        logs = QuietConsole.Open(builder.Configuration);
    }

    /// <summary>Where it listens, once started.</summary>
    public ServerAddresses Addresses => ServerAddresses.Of(app!.Services.GetRequiredService<IServer>());

    /// <summary>What a person who started it wants to read.</summary>
    public string Greeting => Start.Greeting.Of(
        Addresses, store!.Place, settings, engine!.IsReady ? engine.Policies.Current.Version : null);

    /// <summary>
    /// Opens the store; takes calls from when this returns. While a shared store cannot be reached they are answered
    /// UNAVAILABLE.
    /// </summary>
    /// <exception cref="Exception">As for the constructor.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        Door door = Door.Load(settings, TimeProvider.System);
        string firstPolicy = await FirstPolicy.ReadAsync(settings.Server.FirstPolicyPath, cancellation);
        KeywordBook keywords = await OwnKeywords.ReadAsync(settings.Server.KeywordsPath, cancellation);
        IdentityHasher hasher = IdentityKeyFile.LoadOrCreate(settings.IdentityKeyPath);
        telemetry = TelemetryPipeline.Start(settings.Telemetry, logs);
        store = around(await StoreChoice.OpenAsync(settings, TimeProvider.System, logs));
        meter = new ThrottleMeter(settings.Server.Store, TimeProvider.System);
        engine = ThrottleEngine.Create(
            store.Records, store.Journal, hasher, settings.Throttle, firstPolicy, TimeProvider.System, logs, meter);
        await LookAsync(engine, store, cancellation);
        builder.Services.Replace(ServiceDescriptor.Singleton(logs));
        builder.Services.AddSingleton(engine);
        builder.Services.AddSingleton(meter);
        builder.Services.AddSingleton(settings.Server);
        builder.Services.AddSingleton(settings.Webhooks);
        builder.Services.AddSingleton(new DialerBook(settings.Dialers));
        builder.Services.AddSingleton(keywords);
        builder.Services.AddCalls(settings.Server);
        builder.Services.AddPages(settings.Public);
        door.AddTo(builder.Services);
        builder.WebHost.ListenOn(settings.Server, settings.Public, door.Certificate);

        app = builder.Build();
        _ = app.Services.GetRequiredService<PublicAddress>();   // settings that are no address end the start
        _ = app.Services.GetRequiredService<AddressGuard>();    // nor are such networks
        app.UsePages();
        app.UseConnect();
        app.MapCalls();
        app.MapSchemas();
        app.MapHealth();
        app.MapOpenApi();
        app.MapDialers();
        app.MapMetrics(telemetry.Scrape);
        app.MapNothingElse();
        app.Services.GetRequiredService<StateGauges>().AddTo(meter);
        await app.Services.GetRequiredService<ComponentHealth>().TellAsync(engine.IsReady, cancellation);
        await app.StartAsync(cancellation);
    }

    /// <summary>Waits until the process is asked to stop, and then until calls in flight are finished.</summary>
    public Task WaitForShutdownAsync() => app!.WaitForShutdownAsync();

    /// <summary>
    /// Takes no more calls, finishes those in flight, tells what is left to tell, then closes the store.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        telemetry?.Dispose();
        meter?.Dispose();
        await (store?.DisposeAsync() ?? default);
        logs.Dispose();
    }

    /// <summary>
    /// Readies the engine, with some patience for a store that is there and slow; not if it cannot be reached.
    /// </summary>
    private static async Task LookAsync(ThrottleEngine engine, IStore store, CancellationToken cancellation)
    {
        for (int looks = 1; ; looks++)
        {
            try
            {
                await engine.RefreshAsync(cancellation);
                return;
            }
            catch (StoreException error) when (error.Failure is StoreFailure.Unavailable && store.MayComeBack)
            {
                if (looks == LooksMax || !store.IsReached)
                {
                    return;   // StoreWatch goes on trying
                }

                await Task.Delay(LookPause, cancellation);
            }
        }
    }
}
