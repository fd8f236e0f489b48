using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Core.Time;

/// <summary>The zones a person may be in.</summary>
/// <remarks>
/// Countries and their zones are those of the IANA time zone database (<c>zone.tab</c>). Zones whose clocks agree
/// from 2020 to 2040 are the same candidate.
/// </remarks>
public static class CandidateZones
{
    private static readonly Interval Compared = new(Instant.FromUtc(2020, 1, 1, 0, 0),
        Instant.FromUtc(2040, 1, 1, 0, 0));

    private static readonly ConcurrentDictionary<DateTimeZone, ImmutableArray<DateTimeZone>> Single = new();

    private static readonly Lazy<ImmutableDictionary<string, ImmutableArray<DateTimeZone>>> ByCountry = new(() =>
        Locations.GroupBy(static location => location.CountryCode).ToImmutableDictionary(
            static country => country.Key, static country => Distinct(country)));

    private static readonly Lazy<ImmutableArray<DateTimeZone>> Everywhere = new(() => Distinct(Locations));

    private static IEnumerable<TzdbZoneLocation> Locations => TzdbDateTimeZoneSource.Default.ZoneLocations!;

    /// <summary>UTC alone.</summary>
    public static ImmutableArray<DateTimeZone> Utc { get; } = [DateTimeZone.Utc];

    /// <summary>That zone alone.</summary>
    public static ImmutableArray<DateTimeZone> Only(DateTimeZone zone) => Single.GetOrAdd(zone, static z => [z]);

    /// <summary>The zones of a country, or null if the database has none for it.</summary>
    /// <param name="country">ISO 3166-1 alpha-2, upper case.</param>
    public static ImmutableArray<DateTimeZone>? OfCountry(string country) =>
        ByCountry.Value.TryGetValue(country, out ImmutableArray<DateTimeZone> zones) ? zones : null;

    /// <summary>Every zone where people live.</summary>
    public static ImmutableArray<DateTimeZone> All => Everywhere.Value;

    private static ImmutableArray<DateTimeZone> Distinct(IEnumerable<TzdbZoneLocation> locations) =>
    [
        .. locations
            .Select(static location => DateTimeZoneProviders.Tzdb[location.ZoneId])
            .DistinctBy(static zone => string.Join(';', ChangesOf(zone))),
    ];

    private static IEnumerable<(Instant At, Offset Offset)> ChangesOf(DateTimeZone zone) => zone
        .GetZoneIntervals(Compared, ZoneEqualityComparer.Options.OnlyMatchWallOffset)
        .Select(static stretch => (
            stretch.HasStart ? Instant.Max(stretch.Start, Compared.Start) : Compared.Start, stretch.WallOffset));
}
