namespace H2H.Throttle.Engine.Simulations;

/// <summary>Somebody whose past can be read.</summary>
/// <param name="Key">Stands for the person; the same in every run over the same store or file.</param>
/// <param name="Share">How much of all people come before this one where they are read in order: 0 to 1.</param>
/// <param name="Read">
/// Reads the past, which costs the most; throws <see cref="Records.StoreException"/> if it is damaged.
/// </param>
public sealed record PastPerson(string Key, double Share, Func<Past> Read);
