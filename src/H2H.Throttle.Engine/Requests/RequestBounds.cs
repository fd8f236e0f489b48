using NodaTime;

namespace H2H.Throttle.Engine.Requests;

/// <summary>How much a request may say.</summary>
public static class RequestBounds
{
    public const int PersonIdLengthMax = 128;
    public const int RequestIdLengthMax = 128;
    public const int PoolIdLengthMax = 128;
    public const int AddressLengthMax = 320;
    public const int NameLengthMax = 128;
    public const int LabelNameLengthMax = 64;
    public const int SourceLengthMax = 128;
    public const int ProofLengthMax = 256;
    public const int CommentLengthMax = 1000;
    public const int ReasonLengthMax = 256;
    public const int PageSizeDefault = 100;
    public const int PageSizeMax = 1000;
    public const int SlotsDefault = 10;
    public const int SlotsMax = 100;
    public const int PlannedContactsMax = 50;
    public const int BatchItemsMax = 1000;
    public const int CorrelationIdLengthMax = 128;

    /// <summary>How far ahead a contact may be planned, and a snooze may reach.</summary>
    public static Duration PlannedAheadMax { get; } = Duration.FromDays(400);

    /// <summary>How far ahead a consent may end.</summary>
    public static Duration ConsentMax { get; } = Duration.FromDays(36_525);

    /// <summary>How long ago a contact may have been that is recorded now.</summary>
    public static Duration RecordedLateMax { get; } = Duration.FromDays(400);

    /// <summary>The longest span that is searched for slots.</summary>
    public static Duration SlotSpanMax { get; } = Duration.FromDays(92);

    public static Duration SlotSpanDefault { get; } = Duration.FromDays(7);

    public static Duration TimeToLiveMin { get; } = Duration.FromSeconds(1);

    public static Duration TimeToLiveMax { get; } = Duration.FromDays(7);

    public static Duration TimeToLiveDefault { get; } = Duration.FromMinutes(15);
}
