namespace H2H.Throttle.Engine.Merging;

/// <summary>What is being made. These numbers are stored: never change or reuse one.</summary>
internal enum PendingKind
{
    Merge = 0,
    Undo = 1,
    Erase = 2,
}
