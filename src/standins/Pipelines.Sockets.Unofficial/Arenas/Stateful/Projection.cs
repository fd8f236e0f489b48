namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Makes one thing of another, with something known.</summary>
public delegate TTo Projection<TFrom, TState, out TTo>(in TFrom value, in TState state);
