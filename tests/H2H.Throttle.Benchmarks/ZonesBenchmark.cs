using System.Globalization;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Benchmarks;

/// <summary>What it costs not to know where a person is: every candidate zone has to agree.</summary>
internal static class ZonesBenchmark
{
    private static readonly Instant Night = Instant.FromUtc(2026, 3, 27, 2, 0);

    public static void Run()
    {
        int world = CandidateZones.All(Night).Length;
        Console.WriteLine(
            $"\n| denied at night, by | a known zone, µs | the world's {world} candidates, µs | ratio |\n"
            + "| --- | ---: | ---: | ---: |");
        Measure("hours on working days", """hours: { mon-fri: "09:00-20:00" }""");
        Measure("one hour a day", """hours: { daily: "12:00-13:00" }""");
        Measure("quiet nights", """quiet: { daily: "21:00-09:00" }""");
        Measure("one quiet hour", """quiet: { daily: "03:00-04:00" }""");
        Measure("quiet weeks but for Sunday", """quiet: { mon-sat: all }""");
        Measure("a blocked day", "cap: blocked, in: calendar day");
    }

    private static void Measure(string what, string rule)
    {
        Policy policy = ((PolicyReading.Valid)PolicyParser.Read($$"""
            { policy: p, channels: [phone], purposes: { marketing: {} }, rules: [ { name: r, {{rule}} } ] }
            """)).Policy;
        Attempt attempt = new(new ContactTraits("phone", "marketing"), Night);
        Person known = new() { Zone = DateTimeZoneProviders.Tzdb["Europe/Rome"] };
        Stopwatched one = Cost(policy, known, attempt, 2000);
        Stopwatched all = Cost(policy, Person.Unknown, attempt, 5);
        string next = Decider.Decide(policy, Person.Unknown, attempt, Night) switch
        {
            Decision.Denied { NextAllowedAt: { } at } => $"next {at}",
            Decision.Denied => "never",
            _ => "allowed",
        };
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} ({next}) | {one.Microseconds:F1} | {all.Microseconds:F1} | "
            + $"{all.Microseconds / one.Microseconds:F0} |"));
    }

    private static Stopwatched Cost(Policy policy, Person person, Attempt attempt, int times) =>
        Stopwatched.Of(times, () => Decider.Decide(policy, person, attempt, Night));
}
