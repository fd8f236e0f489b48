using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Pools;

/// <summary>Shows pools, and who is in them as far as that is told.</summary>
internal static class PoolView
{
    /// <summary>The pools that a person is in.</summary>
    public static void Show(Screen screen, IReadOnlyCollection<PoolMembership> pools)
    {
        foreach (PoolMembership pool in pools)
        {
            screen.Line($"in a pool   {pool.Kind}  [dim]{pool.PoolKey}[/]");
        }

        if (pools.Count == 0)
        {
            screen.Line($"in no pool");
        }
    }

    public static void Show(Screen screen, Pool pool)
    {
        screen.Line($"people      {pool.People}");
        screen.Line($"contacts    {pool.Contacts}");
        screen.Line($"key         {pool.PoolKey}");
    }
}
