namespace H2H.Throttle.Redis.Checks;

/// <summary>Something about Redis that endangers a promise of this service.</summary>
/// <param name="What">What it is, as a sentence.</param>
/// <param name="Mend">What an operator does about it, as a sentence.</param>
/// <param name="IsUnfit">True if the service cannot run on it at all.</param>
public sealed record Finding(string What, string Mend, bool IsUnfit = false);
