namespace H2H.Throttle.Engine.Records;

/// <summary>Everything that a record store holds, for copying it elsewhere.</summary>
public interface IRecordCatalog
{
    /// <summary>
    /// Every record of every kind, by kind and then id, both by their bytes. A record that is saved meanwhile shows its
    /// old or its new value; none is shown twice and none that existed throughout is left out.
    /// </summary>
    IAsyncEnumerable<KeptRecord> ListAsync(CancellationToken cancellation);

    /// <summary>How many records of every kind there are, about: what is saved meanwhile may count or not.</summary>
    ValueTask<long> CountAsync(CancellationToken cancellation);
}
