namespace H2H.Throttle.Engine.Records;

/// <summary>Why a store failed, for programs.</summary>
public enum StoreFailure
{
    /// <summary>It cannot be reached or used now; nothing is known to be wrong with the data.</summary>
    Unavailable,

    /// <summary>There is no room left to write.</summary>
    Full,

    /// <summary>The place may be read but not written.</summary>
    ReadOnly,

    /// <summary>Another process has the store open.</summary>
    InUse,

    /// <summary>What is there was not made by this product.</summary>
    Foreign,

    /// <summary>What is there was made by a newer version of this product.</summary>
    Newer,

    /// <summary>What is there is damaged.</summary>
    Damaged,

    /// <summary>What is there was made with another identity key.</summary>
    OtherKey,
}
