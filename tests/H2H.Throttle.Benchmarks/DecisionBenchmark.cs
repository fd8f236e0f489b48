using System.Diagnostics;
using System.Globalization;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Benchmarks;

/// <summary>How long a decision takes: ten rules, fifty contacts, allowed.</summary>
internal static class DecisionBenchmark
{
    private const int Rounds = 9;
    private const int DecisionsEach = 200_000;

    private const string Document = """
        policy: ten
        zone: Europe/Rome
        channels: [email, sms, phone]
        purposes: { marketing: {}, service: { capped: false, counted: false } }
        rules:
          - { name: hour, cap: 10, in: rolling 1h }
          - { name: day, cap: 20, in: rolling 24h }
          - { name: week, cap: 40, in: rolling 7d }
          - { name: days, cap: 60, in: last 14 days }
          - { name: month, cap: 90, in: calendar month }
          - { name: emails, when: { channel: email }, cap: 30, in: calendar day }
          - { name: calls, when: { channel: phone }, cap: 9, in: rolling 30d }
          - { name: campaign, cap: 60, in: rolling 90d, per: [campaign] }
          - { name: breath, gap: rolling 10m }
          - { name: nights, when: { channel: [sms, phone] }, quiet: { daily: "21:00-08:00" } }
        """;

    public static void Run()
    {
        Policy policy = ((PolicyReading.Valid)PolicyParser.Read(Document)).Policy;
        Instant now = Instant.FromUtc(2026, 3, 27, 12, 0);
        Person person = new() { Zone = DateTimeZoneProviders.Tzdb["Europe/Rome"], Ledger = LedgerOf(50, now) };
        Attempt attempt = new(new ContactTraits("email", "marketing") { Campaign = "campaign 1" }, now);
        if (Decider.Decide(policy, person, attempt, now) is not Decision.Allowed)
        {
            throw new InvalidOperationException("The attempt must be allowed.");
        }

        List<double> microseconds = [];
        long bytes = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < DecisionsEach; i++)
            {
                Decider.Decide(policy, person, attempt, now);
            }

            microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / DecisionsEach);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / DecisionsEach;
        }

        microseconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"decide, 10 rules, 50 contacts, allowed: {microseconds[Rounds / 2]:F2} µs (median of {Rounds}), "
            + $"{bytes} bytes"));
    }

    private static Ledger LedgerOf(int contacts, Instant now)
    {
        ContactTraits[] traits =
        [
            .. Enumerable.Range(0, 6).Select(static i =>
                new ContactTraits(i % 2 == 0 ? "email" : "sms", "marketing") { Campaign = $"campaign {i}" }),
        ];
        return Ledger.Of(Enumerable.Range(0, contacts).Select(i =>
        {
            Instant at = now - Duration.FromHours(7 * (contacts - i));
            return new LedgerContact(
                new ContactNumber(at.ToUnixTimeTicks()),
                at,
                traits[i % traits.Length],
                1,
                ContactState.Made,
                at,
                null,
                at);
        }));
    }
}
