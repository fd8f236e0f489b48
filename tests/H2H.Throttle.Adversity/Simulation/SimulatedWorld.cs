using H2H.Throttle.Adversity.Defects;
using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Memory;
using H2H.Throttle.Testing;
using NodaTime;

namespace H2H.Throttle.Adversity.Simulation;

/// <summary>Several servers, one store in memory, and what happens to them.</summary>
internal sealed class SimulatedWorld(int seed, Defect? defect)
{
    public const int ServersCount = 4;

    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly Duration DriftMax = Duration.FromMinutes(30);

    private readonly ManualClock storeClock = new(Start);
    private readonly SimulatedServer[] servers = new SimulatedServer[ServersCount];
    private MemoryStore? store;

    public Schedule Schedule { get; } = new(seed);

    public Recorder Recorder { get; } = new();

    public MemoryStore Store => store ??= new MemoryStore(new MemoryDisk(), storeClock);

    public IReadOnlyList<SimulatedServer> Servers => servers;

    public int Kills { get; private set; }

    public int Jumps { get; private set; }

    /// <summary>Messages that were lost or late.</summary>
    public int Faults { get; private set; }

    public async Task StartAsync()
    {
        for (int number = 0; number < ServersCount; number++)
        {
            await StartAsync(number, new ManualClock(Start));
        }
    }

    /// <summary>Lets this happen so many times: time goes by, a clock jumps, a server is killed.</summary>
    public async Task SufferAsync(int times)
    {
        for (int time = 0; time < times; time++)
        {
            await Schedule.TurnAsync();
            switch (Schedule.Below(10))
            {
                case < 6:
                    Age(Duration.FromMilliseconds(Schedule.Below(20 * 60_000)));
                    break;
                case < 8:
                    ManualClock clock = Schedule.OneOf(servers).Clock;
                    clock.Now = storeClock.Now
                        + Duration.FromMilliseconds(Schedule.Below(2 * (int)DriftMax.TotalMilliseconds)) - DriftMax;
                    Jumps++;
                    break;
                default:
                    int number = Schedule.Below(ServersCount);
                    servers[number].Kill();
                    Faults += servers[number].Faults;
                    Kills++;
                    await StartAsync(number, servers[number].Clock);
                    break;
            }
        }
    }

    /// <summary>A server whose line is good, to look at what is there in the end.</summary>
    public async Task<SimulatedServer> ObserveAsync()
    {
        Faults += servers.Sum(static server => server.Faults);
        Schedule quiet = new(0);
        return await SimulatedServer.StartAsync("eye", new ManualClock(storeClock.Now), Store, quiet, null, Recorder);
    }

    private void Age(Duration by)
    {
        storeClock.Advance(by);
        foreach (SimulatedServer server in servers)
        {
            server.Clock.Advance(by);
        }
    }

    private async Task StartAsync(int number, ManualClock clock) => servers[number] =
        await SimulatedServer.StartAsync($"s{number}", clock, Store, Schedule, defect, Recorder);
}
