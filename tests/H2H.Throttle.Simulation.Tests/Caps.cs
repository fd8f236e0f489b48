using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Simulation.Tests;

/// <summary>
/// Finds windows that hold more than the simulated policy allows: every window, one by one, as slowly as it is sure.
/// </summary>
internal static class Caps
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Rome"];

    public static IEnumerable<string> Broken(IReadOnlyList<LedgerContact> counted)
    {
        foreach (LedgerContact first in counted)
        {
            LedgerContact[] sixHours = [.. From(first, counted, Duration.FromHours(6))];
            LedgerContact[] oneDay = [.. From(first, counted, Duration.FromHours(24))];
            LedgerContact[] tenMinutes = [.. From(first, counted, Duration.FromMinutes(10))];
            LocalDate day = DayOf(first);
            int sameDay = counted.Count(c => DayOf(c) == day);
            int threeDays = counted.Count(c => DayOf(c) >= day && DayOf(c) < day.PlusDays(3));
            int sameCampaign = counted.Count(c => c.Traits.Campaign == first.Traits.Campaign);
            foreach ((string rule, int used, int limit) in new[]
            {
                ("rolling", sixHours.Length, 3),
                ("day", sameDay, 4),
                ("days", threeDays, 7),
                ("campaign", sameCampaign, 5),
                ("weight", oneDay.Sum(static c => c.Weight), 9),
                ("breath", tenMinutes.Length, 1),
            })
            {
                if (used > limit)
                {
                    yield return $"{rule}: {used} of {limit} from {first.At}";
                }
            }
        }
    }

    private static IEnumerable<LedgerContact> From(
        LedgerContact first, IEnumerable<LedgerContact> counted, Duration span) =>
        counted.Where(contact => contact.At >= first.At && contact.At < first.At + span);

    private static LocalDate DayOf(LedgerContact contact) => contact.At.InZone(Zone).Date;
}
