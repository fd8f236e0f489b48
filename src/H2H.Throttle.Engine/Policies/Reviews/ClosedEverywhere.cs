using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Finds hours that leave no time for a person who may be in any of several zones.</summary>
internal static class ClosedEverywhere
{
    private const int WeeksLookedAt = 53;

    public static void Check(ReviewedPolicy reviewed)
    {
        if (reviewed.Policy.Zone is not null)
        {
            return;
        }

        ImmutableArray<DateTimeZone> zones = reviewed.Policy.Country is { } home
            ? CandidateZones.OfCountry(home, reviewed.Now) ?? CandidateZones.All(reviewed.Now)
            : CandidateZones.All(reviewed.Now);
        foreach (Hours rule in reviewed.Policy.Rules.OfType<Hours>())
        {
            if (rule.Zone == WindowZone.Person
                && !rule.Schedule.KnowsHolidays
                && reviewed.MapOf(rule) is { } map
                && !IsEverOpen(reviewed.OpenMinutesOf(rule), zones, reviewed.Now))
            {
                reviewed.Report(rule, map.Find(rule.IsQuiet ? "quiet" : "hours")!.Key, new Fault(
                    $"People of unknown zone are never contacted: no time is good in all {zones.Length} zones at once.",
                    "Give the policy a `zone`, such as `Europe/Rome`; it is for people whose own is not known."));
            }
        }
    }

    private static bool IsEverOpen(OpenMinutes open, ImmutableArray<DateTimeZone> zones, Instant now) =>
        Enumerable.Range(0, WeeksLookedAt)
            .Select(week => OffsetsAt(now + Duration.FromDays(7 * week), zones))
            .DistinctBy(static offsets => string.Join(' ', offsets))
            .Any(offsets => Enumerable.Range(0, OpenMinutes.WeekMinutes)
                .Any(minute => offsets.All(offset => open[minute + offset])));

    private static ImmutableArray<int> OffsetsAt(Instant at, ImmutableArray<DateTimeZone> zones) =>
        [.. zones.Select(zone => zone.GetUtcOffset(at).Seconds / 60).Distinct().Order()];
}
