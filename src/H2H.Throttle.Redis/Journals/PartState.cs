namespace H2H.Throttle.Redis.Journals;

/// <summary>What a part of the journal is when something is to be appended to it.</summary>
internal enum PartState
{
    /// <summary>Nothing is there yet.</summary>
    Absent,

    /// <summary>It takes what is chained to its last entry.</summary>
    Open,

    /// <summary>It takes nothing any more; the next part does.</summary>
    Full,
}
