namespace H2H.Throttle.Core.Decisions;

/// <summary>Why a contact is denied, for programs.</summary>
/// <remarks>The numbers are stored: never change or reuse one.</remarks>
public enum ReasonCode
{
    CapReached = 1,
    TooSoon = 2,
    OutsideHours = 3,
    CoolingDown = 4,
    OptedOut = 5,
    Snoozed = 6,
    ConsentMissing = 7,
    Listed = 8,
    ListStale = 9,
    OnHold = 10,
    BlackedOut = 11,
    NeedMissing = 12,
    Unbalanced = 13,
    PersonLimit = 14,
    AddressMissing = 15,

    /// <summary>Only ever warns: it is not known whether the day is a holiday.</summary>
    CalendarUnknown = 16,
}
