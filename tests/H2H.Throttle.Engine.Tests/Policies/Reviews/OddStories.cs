using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Contacts;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Policies.Reviews;

/// <summary>Random policies of few words, so that their rules meet, and random contacts.</summary>
internal static class OddStories
{
    private static readonly Instant Start = Instant.FromUtc(2026, 10, 20, 0, 0);

    private static readonly Gen<string> Zones =
        Gen.Elements("UTC", "Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu");

    private static readonly Gen<string> Conditions = Gen.Elements(
        "channel: email", "channel: [email, sms]", "channel: \"*s\"", "purpose: marketing",
        "purpose: [marketing, care]", "purpose: service", "topic: loan", "topic: [loan, card]", "topic: \"*\"",
        "priority: \">= 50\"",
        "priority: [\"< 20\", \">= 80\"]", "person.tier: gold", "person.tier: \"g*\"", "subject: a", "subject: [a, b]",
        "not: { channel: sms }", "not: { topic: loan }", "not: { topic: \"l*\", channel: email }",
        "not: { priority: \">= 80\" }", "not: { purpose: care }", "not: { subject: a }");

    private static readonly Gen<string> Matchers =
        from count in Gen.Frequency((4, Gen.Constant(0)), (4, Gen.Constant(1)), (2, Gen.Constant(2)))
        from conditions in Conditions.ArrayOf(count)
        select Map(conditions);

    private static readonly Gen<string> Windows = Gen.Elements(
        "rolling 12h", "rolling 24h", "rolling 3d", "rolling 7d", "last 1 day", "last 3 days", "last 7 days",
        "last 31 days", "calendar hour", "calendar day", "calendar 2 days", "calendar week", "calendar 2 weeks",
        "calendar month", "calendar quarter", "lifetime");

    private static readonly Gen<string> ZoneKeys = Gen.Frequency(
        (5, Gen.Constant("")), (1, Gen.Elements(", zone: utc", ", zone: America/New_York")));

    private static readonly Gen<string> PerKeys = Gen.Frequency(
        (4, Gen.Constant("")),
        (2, Gen.Elements(", per: [topic]", ", per: [channel, topic]", ", per: [subject]", ", per: [channel]")));

    private static readonly Gen<string> Caps =
        from limit in Gen.Elements(
            "1", "2", "3", "4", "blocked", "unlimited", "[ { when: { topic: loan }, limit: 1 }, { limit: 3 } ]",
            "[ { when: { topic: \"l*\" }, limit: 2 } ]")
        from window in Windows
        from zone in ZoneKeys
        from per in PerKeys
        from rest in Gen.Frequency(
            (5, Gen.Constant("")),
            (2, Gen.Elements(
                ", weighted: true", ", counts: delivered", ", counts: connected",
                ", outcomes: { only: [delivered] }", ", outcomes: { except: [bounced, busy] }",
                ", counting: { topic: loan }", ", counting: { outcome: delivered }",
                ", keep: { slots: 1, for: { priority: \">= 80\" } }")))
        where !rest.Contains("keep", StringComparison.Ordinal) || limit is "2" or "3" or "4"
        select $"cap: {limit}, in: {window}{zone}{per}{rest}";

    private static readonly Gen<string> Gaps =
        from distance in Gen.Elements("rolling 1h", "rolling 6h", "rolling 25h", "last 1 day", "last 3 days")
        from zone in ZoneKeys
        from per in PerKeys
        from after in Gen.Frequency((4, Gen.Constant("")), (1, Gen.Elements(", after: { topic: loan }", ", after: {}")))
        select $"gap: {distance}{zone}{per}{after}";

    private static readonly Gen<string> Schedules = Gen.Elements(
        "hours: { daily: \"08:00-20:00\" }", "hours: { mon-fri: \"09:00-13:00, 14:00-18:00\" }",
        "hours: { mon-fri: \"09:00-18:00\", sat: \"10:00-12:00\" }", "quiet: { daily: \"20:00-08:00\" }",
        "quiet: { daily: \"22:00-06:00\", sun: all }", "hours: { mon-sat: \"22:00-04:00\" }");

    private static readonly Gen<string> Hours =
        from schedule in Schedules
        from zone in ZoneKeys
        select schedule + zone;

    private static readonly Gen<string> Others = Gen.Elements(
        "cooldown: 2 days, after: { outcome: refused }", "cooldown: 3 days, after: { outcome: refused }",
        "cooldown: 3 days, event_day: included, after: { outcome: refused }",
        "cooldown: rolling 48h, after: { outcome: [refused, busy] }", "cooldown: forever, after: { outcome: refused }",
        "cooldown: 2 days, after: { outcome: refused }, times: 2, within: rolling 3d",
        "cooldown: rolling 48h, after: { outcome: refused }, times: 2, within: rolling 7d",
        "cooldown: rolling 48h, after: { topic: loan }", "cooldown: rolling 48h, after: { topic: loan, outcome: busy }",
        "needs: { topic: loan, within: rolling 48h }",
        "needs: { topic: loan, outcome: delivered, within: last 2 days }",
        "needs: { topic: \"l*\", within: rolling 7d }", "needs: { topic: loan, within: calendar week }",
        "balance: { at_most: 1, of_last: 2 }", "balance: { at_most: 2, of_last: 3 }",
        "balance: { at_most: 2, of_last: 3 }, counting: { topic: loan }",
        "blackout: { from: 2026-10-24, until: 2026-10-27 }", "blackout: { from: 2026-10-25, until: 2026-10-26 }");

    private static readonly Gen<string> Rule =
        from kind in Gen.Frequency((6, Caps), (3, Gaps), (2, Hours), (3, Others))
        from matcher in Matchers
        from unless in Gen.Frequency(
            (5, Gen.Constant("")), (1, Conditions.Select(static one => $", unless: {{ {one} }}")))
        from span in Gen.Frequency(
            (6, Gen.Constant("")),
            (1, Gen.Elements(", from: 2026-10-23", ", until: 2026-10-28", ", until: 2025-01-01")))
        from effect in Gen.Frequency((5, Gen.Constant("")), (1, Gen.Elements(", effect: warn", ", effect: observe")))
        select $"{kind}, when: {matcher}{unless}{span}{effect}";

    private static readonly Gen<(Instant At, ContactTraits Traits, string? Outcome)> Contact =
        from minutes in Gen.Frequency(
            (3, Gen.Choose(0, 14 * 24 * 60)), (2, Gen.Choose(0, 14 * 24).Select(static hour => hour * 60)))
        from channel in Gen.Elements("email", "sms", "push")
        from purpose in Gen.Elements("marketing", "marketing", "care", "service", "quiet-care")
        from topic in Gen.Elements<string?>("loan", "card", "lien", null)
        from priority in Gen.Elements(0, 10, 50, 80, 100)
        from subjects in Gen.Elements<string[]>([], ["a"], ["b"], ["a", "b"], ["c"])
        from outcome in Gen.Elements<string?>(null, "delivered", "refused", "busy", "voicemail", "sent")
        from isInbound in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select (Start + Duration.FromMinutes(minutes), new ContactTraits(channel, purpose)
        {
            Topic = topic,
            Priority = priority,
            Subjects = [.. subjects],
            Direction = isInbound ? Direction.In : Direction.Out,
        }, outcome);

    private static readonly Gen<ImmutableArray<(Instant At, ContactTraits Traits, string? Outcome)>> Contacts =
        from count in Gen.Choose(10, 40)
        from contacts in Contact.ArrayOf(count)
        select contacts.OrderBy(static one => one.At).ToImmutableArray();

    /// <summary>Policies of two to five rules of all kinds.</summary>
    public static Arbitrary<OddStory> Any { get; } = (
        from count in Gen.Choose(2, 5)
        from rules in Rule.ArrayOf(count)
        from contacts in Contacts
        from zone in Zones
        where H2H.Throttle.Engine.Policies.PolicyParser.Read(Document(rules))
            is H2H.Throttle.Engine.Policies.PolicyReading.Valid
        select new OddStory(Document(rules), contacts, zone)).ToArbitrary();

    /// <summary>A gap, hours and caps for a person who is asked for all the time.</summary>
    public static Arbitrary<OddStory> Spaced { get; } = (
        from gap in Gen.Elements("20m", "90m", "4h", "6h", "7h30m", "11h", "12h", "23h", "25h")
        from schedule in Schedules
        from hasHours in Gen.Elements(true, true, false)
        from limit in Gen.Choose(2, 7)
        from window in Windows.Where(static window => window is not "lifetime")
        from zone in Zones
        from minutes in Gen.Choose(10, 60)
        select new OddStory(
            "zone: Europe/Rome\nchannels: [email]\npurposes: { marketing: {} }\nrules:\n" + Lines([
                $"gap: rolling PT{gap.ToUpperInvariant()}, when: {{}}",
                hasHours ? $"{schedule}, when: {{}}" : "gap: rolling 1m, when: {}",
                $"cap: {limit}, in: {window}, when: {{}}",
                $"cap: {limit + 2}, in: {window}, when: {{}}"]),
            [
                .. Enumerable.Range(0, 10 * 24 * 60 / minutes).Select(step => (
                    Start + Duration.FromMinutes(step * minutes),
                    new ContactTraits("email", "marketing"),
                    (string?)null)),
            ],
            zone)).ToArbitrary();

    private static string Document(string[] rules) =>
        "zone: Europe/Rome\nchannels: [email, sms, push]\npurposes:\n  marketing: {}\n  care: { capped: false }\n"
        + "  service: { capped: false, counted: false }\n  quiet-care: { counted: false, hours: ignored }\nrules:\n"
        + Lines(rules);

    private static string Lines(string[] rules) =>
        string.Concat(rules.Select(static (rule, i) => $"  - {{ name: r{i}, {rule} }}\n"));

    private static string Map(string[] conditions)
    {
        string[] distinct = [.. conditions.DistinctBy(static one => one[..one.IndexOf(':', StringComparison.Ordinal)])];
        return $"{{ {string.Join(", ", distinct)} }}";
    }
}
