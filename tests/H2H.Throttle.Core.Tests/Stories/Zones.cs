using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Stories;

/// <summary>Zones whose clocks do what clocks can do.</summary>
internal static class Zones
{
    /// <remarks>
    /// Days skipped (Apia 2011, Kwajalein 1993), jumps of three hours (Casey), changes at midnight (Asunción, Havana,
    /// Beirut, Cairo, Santiago), at 00:01 (St Johns), by half an hour (Lord Howe), by two (Troll), for Ramadan
    /// (Casablanca),
    /// offsets with minutes (Kolkata, Chatham, Pyongyang).
    /// </remarks>
    public static ImmutableArray<string> Odd { get; } =
    [
        "UTC", "Europe/Rome", "America/New_York", "Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe",
        "Africa/Casablanca", "Antarctica/Troll", "America/Asuncion", "America/Havana", "Asia/Beirut", "Africa/Cairo",
        "Asia/Kolkata", "Pacific/Chatham", "Pacific/Kwajalein", "Antarctica/Casey", "America/Santiago",
        "Asia/Pyongyang", "America/Nuuk", "Europe/Volgograd", "America/Caracas", "Pacific/Norfolk", "Asia/Gaza",
    ];

    public static DateTimeZone Of(string id) => DateTimeZoneProviders.Tzdb[id];

    /// <summary>The changes of a zone's clock between 1990 and 2037.</summary>
    public static ImmutableArray<Instant> ChangesOf(DateTimeZone zone) =>
    [
        .. zone.GetZoneIntervals(Instant.FromUtc(1990, 1, 1, 0, 0), Instant.FromUtc(2037, 1, 1, 0, 0))
            .Skip(1)
            .Where(static stretch => stretch.HasStart)
            .Select(static stretch => stretch.Start),
    ];
}
