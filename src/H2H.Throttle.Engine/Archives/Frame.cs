namespace H2H.Throttle.Engine.Archives;

/// <summary>What stands in a backup, one after the other; each begins with its byte.</summary>
internal enum Frame : byte
{
    Record = 1,
    Entry = 2,

    /// <summary>The last: how many of each there are, and the SHA-256 of every byte before.</summary>
    End = 3,
}
