namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>What a matcher is held against.</summary>
internal enum MatcherUse
{
    /// <summary>Contacts that are asked for: they have no outcome.</summary>
    Attempt,

    /// <summary>Contacts of the ledger.</summary>
    Past,

    /// <summary>Contacts of the ledger and events.</summary>
    Happened,
}
