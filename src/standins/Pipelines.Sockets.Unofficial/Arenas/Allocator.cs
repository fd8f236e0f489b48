namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Where an arena could take its memory from; here it takes plain arrays, whatever it is given.</summary>
public abstract class Allocator<T>;
