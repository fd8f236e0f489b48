using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Core.Time;

/// <summary>The zones a person may be in.</summary>
/// <remarks>
/// Countries and their zones are those of the IANA time zone database (<c>zone.tab</c>). Zones whose clocks agree
/// wherever a decision can look are the same candidate: from 2009 on for what is asked since 2021, as no rule that
/// knows days looks back for longer than ten years and a contact is recorded at most 400 days late; from 1970 on for
/// what is asked before. Zones are many that went apart in the past, and each costs time in every decision.
/// </remarks>
public static class CandidateZones
{
    private static readonly Instant RecentlyAsked = Instant.FromUtc(2021, 1, 1, 0, 0);

    private static readonly Era Recent = new(Instant.FromUtc(2009, 1, 1, 0, 0));

    private static readonly Era Whole = new(NodaConstants.UnixEpoch);

    private static readonly ConcurrentDictionary<DateTimeZone, ImmutableArray<DateTimeZone>> Single = new();

    /// <summary>UTC alone.</summary>
    public static ImmutableArray<DateTimeZone> Utc { get; } = [DateTimeZone.Utc];

    /// <summary>That zone alone.</summary>
    public static ImmutableArray<DateTimeZone> Only(DateTimeZone zone) => Single.GetOrAdd(zone, static z => [z]);

    /// <summary>Whether the database has a country.</summary>
    /// <param name="country">ISO 3166-1 alpha-2, upper case.</param>
    public static bool HasCountry(string country) => Recent.ByCountry.ContainsKey(country);

    /// <summary>The zones of a country, or null if the database has none for it.</summary>
    /// <param name="country">ISO 3166-1 alpha-2, upper case.</param>
    /// <param name="asked">When the question is asked.</param>
    public static ImmutableArray<DateTimeZone>? OfCountry(string country, Instant asked) =>
        EraOf(asked).ByCountry.TryGetValue(country, out ImmutableArray<DateTimeZone> zones) ? zones : null;

    /// <summary>Every zone where people live.</summary>
    /// <param name="asked">When the question is asked.</param>
    public static ImmutableArray<DateTimeZone> All(Instant asked) => EraOf(asked).Everywhere;

    private static Era EraOf(Instant asked) => asked < RecentlyAsked ? Whole : Recent;

    /// <summary>The candidates if clocks are compared from an instant on.</summary>
    private sealed class Era(Instant start)
    {
        private readonly Lazy<ImmutableDictionary<string, ImmutableArray<DateTimeZone>>> byCountry = new(() =>
            Locations.GroupBy(static location => location.CountryCode).ToImmutableDictionary(
                static country => country.Key, country => Distinct(country, start)));

        private readonly Lazy<ImmutableArray<DateTimeZone>> everywhere = new(() => Distinct(Locations, start));

        public ImmutableDictionary<string, ImmutableArray<DateTimeZone>> ByCountry => byCountry.Value;

        public ImmutableArray<DateTimeZone> Everywhere => everywhere.Value;

        private static IEnumerable<TzdbZoneLocation> Locations => TzdbDateTimeZoneSource.Default.ZoneLocations!;

        private static ImmutableArray<DateTimeZone> Distinct(IEnumerable<TzdbZoneLocation> locations, Instant start) =>
        [
            .. locations
                .Select(static location => DateTimeZoneProviders.Tzdb[location.ZoneId])
                .DistinctBy(zone => string.Join(';', ChangesOf(zone, start))),
        ];

        /// <remarks>After 2100 no clock of the database does what it did not do before.</remarks>
        private static IEnumerable<string> ChangesOf(DateTimeZone zone, Instant start) => zone
            .GetZoneIntervals(
                new Interval(start, Instant.FromUtc(2100, 1, 1, 0, 0)),
                ZoneEqualityComparer.Options.OnlyMatchWallOffset)
            .Select(stretch =>
            {
                Instant from = stretch.HasStart ? Instant.Max(stretch.Start, start) : start;
                return $"{from.ToUnixTimeSeconds()} {stretch.WallOffset.Seconds}";
            });
    }
}
