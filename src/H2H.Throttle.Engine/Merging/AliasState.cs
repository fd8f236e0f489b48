namespace H2H.Throttle.Engine.Merging;

/// <summary>How far it has come that a record is another name of a person. These numbers are stored.</summary>
internal enum AliasState
{
    /// <summary>An address that was linked; its own record had nothing.</summary>
    Linked = 0,

    /// <summary>A person who is about to be joined; nothing of theirs is here yet.</summary>
    Coming = 1,

    /// <summary>A person who was joined: all of theirs is here.</summary>
    Joined = 2,

    /// <summary>A joined person who is about to be on their own again: nothing of theirs is here any more.</summary>
    Leaving = 3,
}
