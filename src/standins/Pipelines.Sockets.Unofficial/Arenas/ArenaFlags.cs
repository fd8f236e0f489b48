namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>How an arena treats its memory.</summary>
[Flags]
public enum ArenaFlags
{
    None = 0,

    /// <summary>Nothing lent out outlives a reset; here that is always so.</summary>
    ClearAtReset = 16,
}
