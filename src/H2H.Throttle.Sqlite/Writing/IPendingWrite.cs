namespace H2H.Throttle.Sqlite.Writing;

/// <summary>A write on its way to the next commit.</summary>
internal interface IPendingWrite
{
    /// <summary>How much memory it holds, about.</summary>
    int Bytes { get; }

    /// <summary>False, and the caller is told so, if the caller gave up before the write was begun.</summary>
    bool TryBegin();

    /// <summary>Does the write inside the open transaction and keeps the answer to itself.</summary>
    void Apply(WriteSession session);

    /// <summary>Gives the caller the answer: the commit has happened.</summary>
    void Complete();

    /// <summary>Tells the caller that nothing was stored.</summary>
    void Fail(Exception error);
}
