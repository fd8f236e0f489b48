using System.Globalization;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>The policies that are measured.</summary>
internal static class Policies
{
    /// <summary>Ten rules that all govern what is asked, and have room for it.</summary>
    public const string Ten = """
        policy: ten
        zone: Europe/Rome
        channels: [email, sms, phone]
        purposes: { marketing: {}, service: { capped: false, counted: false } }
        rules:
          - { name: hour, cap: 1500, in: rolling 1h }
          - { name: day, cap: 1600, in: rolling 24h }
          - { name: week, cap: 1700, in: rolling 7d }
          - { name: days, cap: 1800, in: last 14 days }
          - { name: month, cap: 1900, in: calendar month }
          - { name: emails, when: { channel: email }, cap: 1600, in: calendar day }
          - { name: brand, cap: 1600, in: rolling 30d, per: [brand] }
          - { name: campaign, cap: 1600, in: rolling 90d, per: [campaign] }
          - { name: refused, cooldown: 60 days, after: { outcome: refused } }
          - { name: complaint, hold: open_complaint }
        """;

    /// <summary>One cap, which a hot person reaches.</summary>
    /// <param name="limit">A day.</param>
    public static string Cap(int limit) => $$"""
        policy: hot
        zone: Europe/Rome
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: day, cap: {{limit.ToString(CultureInfo.InvariantCulture)}}, in: rolling 24h }
        """;

    /// <summary>So many caps that all govern what is asked, and have room for it.</summary>
    public static string Caps(int rules) => $$"""
        policy: caps
        zone: Europe/Rome
        channels: [email]
        purposes: { marketing: {} }
        rules:
        {{string.Join('\n', Enumerable.Range(1, rules).Select(static rule =>
            $"  - {{ name: cap-{rule}, cap: {1500 + rule}, in: rolling {23 + rule}h }}"))}}
        """;
}
