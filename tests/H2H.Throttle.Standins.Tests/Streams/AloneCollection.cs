namespace H2H.Throttle.Standins.Tests.Streams;

/// <summary>Tests that watch the whole process run while no other does.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
