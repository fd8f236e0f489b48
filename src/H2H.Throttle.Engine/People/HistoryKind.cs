namespace H2H.Throttle.Engine.People;

/// <summary>What a person said, in their history.</summary>
/// <remarks>The numbers are stored: never change or reuse one.</remarks>
public enum HistoryKind
{
    OptOut = 1,
    OptIn = 2,
    Snooze = 3,

    /// <summary>Ended snoozes before their time.</summary>
    Wake = 4,

    ConsentGiven = 5,
    ConsentRevoked = 6,

    /// <summary>Set, changed or took back limits of their own.</summary>
    Limits = 7,

    /// <summary>Set, changed or took back quiet times.</summary>
    QuietTimes = 8,
}
