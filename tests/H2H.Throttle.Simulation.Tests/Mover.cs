using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Simulation.Tests;

/// <summary>Moves people into a household and out of it, over lines that fail.</summary>
internal sealed class Mover(World world, int seed)
{
    public const string Kind = "household";
    public const string Home = "12 elm street";

    private readonly Random random = new(seed);

    /// <summary>How often somebody moved for certain.</summary>
    public int Moves { get; private set; }

    public async Task ActAsync(string person, CancellationToken cancellation)
    {
        try
        {
            ThrottleEngine server = world.Servers[random.Next(world.Servers.Length)];
            _ = random.Next(2) == 0
                ? await server.Pools.JoinAsync(null, person, Kind, Home, null, cancellation)
                : await server.Pools.LeaveAsync(null, person, Kind, Home, null, cancellation);
            Moves++;
        }
        catch (StoreException)
        {
        }
        catch (RequestException refused) when (refused.Problems[0].Reason is ProblemReason.Contended)
        {
        }
    }
}
