using System.Globalization;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Benchmarks;

/// <summary>How long a decision takes: ten rules that all govern, fifty contacts, allowed.</summary>
internal static class DecisionBenchmark
{
    private const int DecisionsEach = 50_000;

    /// <summary>Caps, a gap, hours.</summary>
    public const string Counting = """
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

    /// <summary>Ten kinds of rule.</summary>
    public const string Mixed = """
        policy: mixed
        zone: Europe/Rome
        country: IT
        channels: [email, sms, phone]
        purposes: { marketing: {}, service: { capped: false, counted: false } }
        rules:
          - { name: home, cap: 70, in: calendar month, pool: household }
          - { name: breath, gap: rolling 10m }
          - { name: wrote, needs: { event: inbound_message, within: rolling 24h } }
          - { name: hours, hours: { mon-sat: "09:00-20:00", holidays: closed } }
          - { name: refused, cooldown: 60 days, after: { outcome: refused }, per: [campaign] }
          - { name: busy, cooldown: rolling 72h, after: { outcome: busy }, times: 3, within: rolling 7d }
          - { name: agreed, consent: { opt_in: news } }
          - { name: robinson, list: { name: robinson, max_age: 31 days } }
          - { name: complaint, hold: open_complaint }
          - { name: row, balance: { at_most: 4, of_last: 5 }, counting: { channel: email } }
        """;

    private const string Needing = """
        policy: needing
        zone: Europe/Rome
        channels: [email, sms, phone]
        purposes: { marketing: {}, service: { capped: false, counted: false } }
        rules:
          - { name: week, cap: 60, in: last 7 days, widen: week }
          - { name: month, cap: 70, in: calendar month, per: [subject] }
          - { name: bought, needs: { event: purchase, within: last 90 days } }
          - { name: wrote, needs: { event: inbound_message, within: rolling 24h } }
          - { name: nights, quiet: { daily: "21:00-08:00" }, zone: person }
          - { name: gone, cooldown: forever, after: { event: erased } }
          - { name: campaign, cap: 60, in: rolling 90d, per: [campaign] }
          - { name: agreed, cap: 5, in: rolling 1h, unless: { consent: news } }
          - { name: fair, blackout: { from: 2026-08-01, until: 2026-08-20 } }
          - { name: weights, cap: 900, in: rolling 30d, weighted: true }
        """;

    public static readonly Instant Now = Instant.FromUtc(2026, 3, 27, 12, 0);

    public static void Run()
    {
        Console.WriteLine(
            "\n| ten rules, fifty contacts, allowed | median, µs | fastest, µs | bytes |\n"
            + "| --- | ---: | ---: | ---: |");
        Measure("caps, a gap, hours", Counting);
        Measure("pool, gap, needs, hours, cooldowns, consent, list, hold, balance", Mixed);
        Measure("caps widened, weighted, by subject; needs, cooldown, hours, blackout, `unless`", Needing);
    }

    private static void Measure(string what, string document)
    {
        Policy policy = ((PolicyReading.Valid)PolicyParser.Read(document)).Policy;
        Person person = PersonWith(LedgerOf(50));
        Attempt attempt = AttemptAt(Now);
        if (Decider.Decide(policy, person, attempt, Now) is Decision.Denied denied)
        {
            throw new InvalidOperationException($"{denied.Reasons[0].Rule}: {denied.Reasons[0].Message}");
        }

        int governing = Decider.Governing(policy, person, attempt, Now).Length;
        Stopwatched cost = Stopwatched.Of(DecisionsEach, () => Decider.Decide(policy, person, attempt, Now));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} ({governing} govern) | {cost.Microseconds:F2} | {cost.Fastest:F2} | {cost.Bytes} |"));
    }

    public static Attempt AttemptAt(Instant at) => new(
        new ContactTraits("email", "marketing") { Campaign = "campaign 1", Subjects = ["car"], Address = "hash" }, at)
    {
        Lists = [new ListStanding("robinson", at - Duration.FromDays(3), IsListed: false)],
    };

    public static Person PersonWith(Ledger ledger) => new()
    {
        Zone = DateTimeZoneProviders.Tzdb["Europe/Rome"],
        Country = "IT",
        Consents = [new GivenConsent("news", new Scope(), Now - Duration.FromDays(90), null, [], null)],
        Pools = Person.Unknown.Pools.Add("household", new Pool("h") { Others = PoolLedger.Of(LedgerOf(10).Contacts) }),
        Ledger = ledger,
    };

    public static Ledger LedgerOf(int contacts)
    {
        ContactTraits[] traits =
        [
            .. Enumerable.Range(0, 6).Select(static i => new ContactTraits(i % 2 == 0 ? "email" : "sms", "marketing")
            {
                Campaign = $"campaign {i}", Subjects = ["car"],
            }),
        ];
        IEnumerable<LedgerContact> made = Enumerable.Range(0, contacts).Select(i =>
        {
            Instant at = Now - Duration.FromHours(7 * (contacts - i));
            string? outcome = i == 3 ? "refused" : i % 12 == 0 ? "busy" : "delivered";
            ContactNumber number = new(at.ToUnixTimeTicks() + contacts);
            return new LedgerContact(number, at, traits[i % 6], 1, ContactState.Made, at, outcome, at);
        });
        return Ledger.Of(
            made,
            [
                new LedgerEvent("purchase", Now - Duration.FromDays(20), new ContactTraits("", "", isOfEvent: true)),
                new LedgerEvent(
                    LedgerEvent.InboundMessage,
                    Now - Duration.FromHours(3),
                    new ContactTraits("email", "", isOfEvent: true)),
            ]);
    }
}
