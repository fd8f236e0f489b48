using H2H.Throttle.Engine.Records;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Connections;

/// <summary>Which servers hold the records: one, or the primaries of a cluster.</summary>
internal static class Cluster
{
    /// <summary>Every server that holds slots. None is left out.</summary>
    /// <exception cref="StoreException">One of them cannot be reached, or there is none.</exception>
    public static async Task<IReadOnlyList<IServer>> PrimariesAsync(IConnectionMultiplexer connections)
    {
        IServer[] connected = [.. connections.GetServers().Where(static server => server.IsConnected)];
        if (Array.Find(connected, static server => server.ServerType == ServerType.Cluster) is not { } member)
        {
            return [Array.Find(connected, static server => !server.IsReplica) ?? throw Failures.NotReached(null)];
        }

        ClusterConfiguration cluster = await member.ClusterNodesAsync() ?? throw Failures.NotReached(null);
        IServer[] primaries =
        [
            .. cluster.Nodes
                .Where(static node => !node.IsReplica && node.Slots.Count > 0)
                .Select(node => connections.GetServer(node.EndPoint!)),
        ];
        return primaries.All(static server => server.IsConnected) ? primaries : throw Failures.NotReached(null);
    }
}
