namespace H2H.Throttle.Adversity.Histories;

/// <summary>What may be asked of a server in a history.</summary>
internal enum CallKind
{
    Reserve,
    Confirm,
    Release,
    Record,
    OptOut,
    OptIn,
    Check,
    List,
}
