using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;
using NodaTime;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Checks;

/// <summary>Looks whether what is there can keep this service's promises.</summary>
internal static class StartCheck
{
    /// <summary>The first with SET … PXAT.</summary>
    private static readonly Version LeastVersion = new(6, 2);

    private static readonly Duration SkewMax = Duration.FromSeconds(1);

    /// <summary>
    /// What is amiss with any of the servers, empty if nothing is; and what a save outlives on each of them, should it
    /// have no replica.
    /// </summary>
    public static async Task<(ImmutableArray<Finding> Findings, Durability Alone)> RunAsync(
        Link link, TimeProvider clock)
    {
        Durability alone = Durability.Disk;
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (IServer server in await link.PrimariesAsync(CancellationToken.None))
        {
            ServerState state = await link.AskPatientlyAsync(
                (server, clock), static asked => ServerState.ReadAsync(asked.server, asked.clock),
                CancellationToken.None);
            findings.AddRange(Judge(state));
            alone = (Durability)int.Min((int)alone, (int)AloneOf(state));
        }

        return (findings.ToImmutable(), alone);
    }

    /// <exception cref="StoreException">One of the findings rules Redis out.</exception>
    public static void RefuseIfUnfit(ImmutableArray<Finding> findings)
    {
        if (findings.FirstOrDefault(static finding => finding.IsUnfit) is { } unfit)
        {
            throw new StoreException(StoreFailure.Unavailable, $"{unfit.What} {unfit.Mend}");
        }
    }

    internal static IEnumerable<Finding> Judge(ServerState state) =>
        CheckVersion(state)
            .Concat(CheckPersistence(state))
            .Concat(CheckEviction(state))
            .Concat(CheckReplicas(state))
            .Concat(CheckClock(state));

    private static Durability AloneOf(ServerState state) =>
        state.Tells("aof_enabled") != "1" ? Durability.Memory
        : state.Settings.GetValueOrDefault("appendfsync") == "always" ? Durability.Disk
        : Durability.DiskLater;

    private static IEnumerable<Finding> CheckVersion(ServerState state)
    {
        string told = state.Tells("redis_version");
        if (Version.TryParse(told, out Version? version) && version < LeastVersion)
        {
            yield return new Finding(
                $"Redis at {state.Address} is version {told}.",
                $"Use {LeastVersion} or later, or Valkey.",
                IsUnfit: true);
        }
    }

    private static IEnumerable<Finding> CheckPersistence(ServerState state)
    {
        bool isAppending = state.Tells("aof_enabled") == "1";
        if (!isAppending)
        {
            bool keepsSnapshots = state.Settings.GetValueOrDefault("save", "unknown").Length > 0;
            yield return new Finding(
                keepsSnapshots
                    ? $"Redis at {state.Address} keeps snapshots alone: a crash loses what came after the last."
                    : $"Redis at {state.Address} keeps nothing on disk: a crash loses every contact and opt-out.",
                "Set appendonly yes, and appendfsync always to lose nothing or everysec to lose at most a second.");
        }
        else if (state.Settings.GetValueOrDefault("appendfsync") is "no" or "everysec")
        {
            string setting = state.Settings["appendfsync"];
            yield return new Finding(
                setting == "no"
                    ? $"Redis at {state.Address} leaves it to the system when to write: a crash can lose seconds."
                    : $"Redis at {state.Address} writes every second: a crash can lose what was acknowledged in one.",
                "Set appendfsync always if nothing acknowledged may be lost.");
        }
    }

    private static IEnumerable<Finding> CheckEviction(ServerState state)
    {
        string policy = state.Tells("maxmemory_policy");
        if (policy is not ("noeviction" or ""))
        {
            string limit = state.Tells("maxmemory") is "0" or "" ? "once maxmemory is set" : "when memory is short";
            yield return new Finding(
                $"Redis at {state.Address} evicts by {policy}: {limit} it forgets people and their opt-outs.",
                "Set maxmemory-policy noeviction.");
        }
    }

    private static IEnumerable<Finding> CheckReplicas(ServerState state)
    {
        if (state.Tells("connected_slaves") == "0")
        {
            yield return new Finding(
                $"Redis at {state.Address} has no replica: when its machine fails, so does the service.",
                "Add a replica on another machine.");
        }
    }

    private static IEnumerable<Finding> CheckClock(ServerState state)
    {
        if (Duration.Max(state.Ahead, -state.Ahead) > SkewMax)
        {
            string seconds = state.Ahead.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            yield return new Finding(
                $"The clock of Redis at {state.Address} is {seconds} s ahead of this server's, so records expire by "
                + "another time than was decided.",
                "Set both clocks by the same source.");
        }
    }
}
