namespace H2H.Throttle.Benchmarks.Loads;

/// <summary>Asks a server for decisions as fast as it answers.</summary>
internal interface ILoad
{
    /// <summary>What is asked and how, for a table.</summary>
    string Name { get; }

    /// <summary>Asks about that many people nobody asked about before, and checks that each was allowed.</summary>
    Task RunAsync(int decisions);
}
