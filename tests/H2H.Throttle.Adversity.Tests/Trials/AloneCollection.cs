namespace H2H.Throttle.Adversity.Tests.Trials;

/// <summary>Tests that watch the whole process run while no other does.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
