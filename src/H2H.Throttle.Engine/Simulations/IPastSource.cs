using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>Where people's pasts are read: a store, or a backup of one.</summary>
public interface IPastSource
{
    /// <summary>Every record of a kind, by the bytes of its id.</summary>
    IAsyncEnumerable<KeptRecord> ListAsync(string kind, CancellationToken cancellation);
}
