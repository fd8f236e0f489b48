using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.People;

/// <summary>Pools and who is in them, on the wire.</summary>
internal static class PoolWire
{
    public static PoolMembership Write(Membership membership) =>
        new() { Kind = membership.Kind, PoolKey = membership.Pool.Text };

    public static Pool Write(KnownPool pool) => new()
    {
        Kind = pool.Membership.Kind,
        PoolKey = pool.Membership.Pool.Text,
        People = pool.People,
        Contacts = pool.Contacts,
    };
}
