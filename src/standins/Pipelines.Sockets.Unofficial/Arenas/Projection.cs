namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Makes one thing of another.</summary>
public delegate TTo Projection<TFrom, out TTo>(in TFrom value);
