namespace H2H.Throttle.Engine.Requests;

/// <summary>What is wrong with a request, for programs. The wire has a reason of the same name for each.</summary>
public enum ProblemReason
{
    FieldMissing,
    FieldNotAllowed,
    IdEmpty,
    IdTooLong,
    IdMalformed,
    TextTooLong,
    ChannelUnknown,
    PurposeUnknown,
    OutcomeUnknown,
    TimeOutOfRange,
    ZoneUnknown,
    CountryUnknown,
    WeightOutOfRange,
    PriorityOutOfRange,
    TimeToLiveOutOfRange,
    SubjectsOutOfRange,
    LabelsOutOfRange,
    AttributesOutOfRange,
    LimitInvalid,
    PageSizeOutOfRange,
    PageTokenInvalid,
    SlotsOutOfRange,
    PolicyInvalid,
    PolicyTooLarge,
    CapOutOfRange,
    EventUnknown,
    ContactsOutOfRange,
    PeopleDiffer,
    LinesMissing,
    ListTooLarge,
    SampleOutOfRange,
    JournalKindUnknown,
    AddressMalformed,
    WebhookUrlInvalid,

    /// <summary>Not found; so are those up to the next remark.</summary>
    ReservationUnknown,
    ContactUnknown,
    PolicyVersionUnknown,
    RuleUnknown,
    KeyUnknown,
    ListUnknown,
    MergeUnknown,
    WebhookUnknown,

    /// <summary>Not as things stand; so are those up to the next remark.</summary>
    ReservationAlreadyConfirmed,
    ReservationAlreadyReleased,
    RuleNotACap,
    RecordFull,
    PoolFull,
    PersonInOtherPool,
    ListOlder,
    ListEmpty,
    ListChangedTooOften,
    ListsTooMany,
    ImportGone,
    IdentityKeyDiffers,
    SimulationRunning,
    PolicyVersionInForce,
    PolicyVersionFirst,
    AddressLinkedElsewhere,
    AddressHasPerson,
    AddressNotLinked,
    PeopleAlreadyOne,
    MergeTooOld,
    MergeCovered,
    WebhooksTooMany,

    /// <summary>The request id stands for something else.</summary>
    RequestIdReused,

    /// <summary>There is one of that name.</summary>
    WebhookExists,

    /// <summary>There is no such entry yet.</summary>
    JournalPositionUnknown,

    /// <summary>The journal has another past than the caller knows.</summary>
    JournalDiverged,

    /// <summary>Somebody else was quicker; so it is with the next.</summary>
    PolicyVersionConflict,
    Contended,
}
