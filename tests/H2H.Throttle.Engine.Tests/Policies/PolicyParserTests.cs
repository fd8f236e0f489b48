using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Policies;

public sealed class PolicyParserTests
{
    private const string Head =
        "channels: [email, sms, phone]\npurposes: { marketing: {}, service: { capped: false } }\n";

    [Fact]
    public void A_date_that_a_zone_skipped_whole_starts_when_clocks_went_on()
    {
        PolicyReading reading = PolicyParser.Read("""
            zone: Pacific/Apia
            channels: [email]
            purposes: { marketing: {} }
            rules:
              - { name: a, cap: 1, in: lifetime, from: 2011-12-30 }
            """);

        Policy policy = Assert.IsType<PolicyReading.Valid>(reading).Policy;
        Assert.Equal(Instant.FromUtc(2011, 12, 30, 10, 0), policy.Rules[0].From);
    }

    [Fact]
    public void Whole_document_becomes_a_policy()
    {
        Policy policy = Valid(
            """
            policy: acme
            zone: Europe/Rome            # for people whose zone nothing tells
            week_starts: sunday
            country: IT
            channels: [email, sms, phone]
            purposes:
              marketing: {}
              service:   { capped: false, counted: false }
              confirmation: { capped: false, opt_out: ignored, hours: ignored }
              research:
            unconfirmed: { default: count, phone: release }
            outcomes: [ignored, clicked]
            presets: []
            rules:
              - name: two-emails-a-day
                when: { channel: email, purpose: marketing }
                cap: 2
                in: calendar day
              - { name: breath, gap: rolling 30m, effect: warn, description: not at once, source: RFC 2324 }
              - { name: late, quiet: { mon: all }, zone: utc, from: 2026-03-02, until: 2026-04-01T09:00:00Z }
            """);

        Assert.Equal("acme", policy.Name);
        Assert.Equal("Europe/Rome", policy.Zone?.Id);
        Assert.Equal(IsoDayOfWeek.Sunday, policy.WeekStarts);
        Assert.Equal("IT", policy.Country);
        Assert.Equal(["email", "sms", "phone"], policy.Channels);
        Assert.Equal(new Purpose("service", IsCapped: false, IsCounted: false), policy.Purposes["service"]);
        Assert.Equal(
            new Purpose("confirmation", IsCapped: false, ObeysOptOut: false, ObeysHours: false),
            policy.Purposes["confirmation"]);
        Assert.Equal(new Purpose("research"), policy.Purposes["research"]);
        Assert.Equal(["phone"], policy.ReleasesUnconfirmedOn);
        Assert.Equal(["clicked", "ignored"], policy.Outcomes.Order(StringComparer.Ordinal));
        Assert.Equal(["two-emails-a-day", "breath", "late"], policy.Rules.Select(static rule => rule.Name));
        Assert.Equal(Effect.Warn, policy.Rules[1].Effect);
        Assert.Equal("not at once", policy.Rules[1].Description);
        Assert.Equal("RFC 2324", policy.Rules[1].Source);
        Assert.Equal(Instant.FromUtc(2026, 3, 1, 23, 0), policy.Rules[2].From);
        Assert.Equal(Instant.FromUtc(2026, 4, 1, 9, 0), policy.Rules[2].Until);
    }

    [Fact]
    public void Json_is_read_too()
    {
        Policy policy = Valid(
            "{\n\t\"channels\": [\"email\"],\n\t\"purposes\": {\"marketing\": {}},\n"
            + "\t\"rules\": [{\"name\": \"day\", \"cap\": 3, \"in\": \"rolling 24h\", \"weighted\": true}]\n}");

        Assert.True(Assert.IsType<Cap>(policy.Rules.Single()).Density.Counting.IsWeighted);
    }

    [Theory]
    [InlineData("rolling 24h", "rolling 24h", 24 * 60)]
    [InlineData("rolling 90m", "rolling 90m", 90)]
    [InlineData("90m", "rolling 90m", 90)]
    [InlineData("7d", "rolling 7d", 7 * 24 * 60)]
    [InlineData("PT24H", "rolling PT24H", 24 * 60)]
    [InlineData("rolling P1DT12H30M", "rolling P1DT12H30M", (36 * 60) + 30)]
    [InlineData("P2W", "rolling P2W", 14 * 24 * 60)]
    public void Elapsed_time_is_read_in_every_form(string text, string written, int minutes)
    {
        Assert.True(WindowText.TryRead(text, out Window? window));

        Assert.Equal(new Window.Rolling(Duration.FromMinutes(minutes)), window);
        Assert.Equal(written, window.ToString());
    }

    [Theory]
    [InlineData("last 7 days")]
    [InlineData("last 1 day")]
    [InlineData("calendar hour")]
    [InlineData("calendar quarter")]
    [InlineData("calendar 2 weeks")]
    [InlineData("lifetime")]
    public void Window_reads_as_it_is_written(string text)
    {
        Assert.True(WindowText.TryRead(text, out Window? window));

        Assert.Equal(text, window.ToString());
    }

    [Fact]
    public void All_errors_are_told_at_once_in_the_order_of_the_document()
    {
        PolicyReading reading = PolicyParser.Read(
            Head + "rules:\n- { name: one, cap: 0, in: rolling 24 }\n- { name: two, gap: 1h, wen: {} }\n");

        Assert.Equal(
            [(4, "one"), (4, "one"), (5, "two")],
            Assert.IsType<PolicyReading.Invalid>(reading).Errors.Select(static error => (error.Line, error.Rule)));
    }

    [Fact]
    public void Counting_defaults_to_what_when_says_of_the_contact()
    {
        Policy policy = Valid(
            Head + "rules:\n- { name: gold, when: { channel: email, person.tier: gold }, cap: 4, in: 7d }\n");

        Condition condition = Assert.Single(Assert.IsType<Cap>(policy.Rules[0]).Density.Counting.Matcher.Conditions);

        Assert.Equal(TraitKey.Channel, Assert.IsType<Condition.Trait>(condition).Key);
    }

    [Fact]
    public void Aliases_repeat_what_their_anchor_marks()
    {
        Policy policy = Valid(
            Head
            + "rules:\n- { name: a, when: &mail { channel: email }, cap: 1, in: 1d }\n"
            + "- { name: b, gap: 1h, when: *mail }\n");

        Assert.All(policy.Rules, static rule => Assert.Single(rule.When.Conditions));
    }

    private static Policy Valid(string document) => PolicyParser.Read(document) switch
    {
        PolicyReading.Valid valid => valid.Policy,
        PolicyReading.Invalid invalid => throw new Xunit.Sdk.XunitException(string.Join('\n', invalid.Errors)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
