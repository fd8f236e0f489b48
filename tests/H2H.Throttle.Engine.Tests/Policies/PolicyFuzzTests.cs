using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies;

namespace H2H.Throttle.Engine.Tests.Policies;

/// <summary>Documents that nobody meant: written well, then cut, doubled and strewn with YAML's signs.</summary>
public sealed class PolicyFuzzTests
{
    private const string Whole =
        """
        policy: acme
        zone: Europe/Rome
        week_starts: monday
        country: IT
        channels: [email, sms, phone]
        purposes:
          marketing: {}
          service: { capped: false, counted: false }
        unconfirmed: { default: count, phone: release }
        outcomes: [ignored]
        rules:
          - name: two-a-day          # as agreed
            when: &mail { channel: email, person.tier: [gold, "s*"] }
            cap: [ { when: { person.tier: gold }, limit: 4 }, { limit: 2 } ]
            in: calendar day
          - { name: weeks, cap: 3, in: last 14 days, widen: week, per: [campaign, label.project], weighted: true }
          - { name: breath, gap: rolling PT4H, after: { outcome: ignored }, from: 2026-03-02, unless: *mail }
          - name: nights
            quiet: { mon-fri: "21:00-09:00", sat-sun: all }
            description: |
              Nobody is woken up.
        """;

    private static readonly string[] Signs =
    [
        "{", "}", "[", "]", ",", ": ", ":", "- ", "-", "? ", "#", " #", "&a ", "*a", "*mail", "!", "!!int ", "|\n",
        ">\n", "'", "\"", "%YAML 1.1\n", "---\n", "...\n", "\t", "\n", "\r", "\u0085", "\u2028", "\uFEFF", "\0",
        "\\u0000", "\ud83d", "~", "null", "<<: ", "cap: 0", "in: ", "not: ", "when: ", "999999999999999999999", "-1",
        "rules:\n", "  ", "é", "💙", "{{{{{{{{", "[[[[[[[[[[", "24:00-25:00", "2026-02-30", "P99999999999Y",
        "calendar ",
    ];

    private static readonly string[] Documents =
    [
        Whole,
        .. BadDocument.Policies.Select(static file => BadDocument.Policy(file).Text),
        .. BadDocument.Scenarios.Select(static file => BadDocument.Scenario(file).Text),
    ];

    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.Elements(Signs),
        from document in Gen.Elements(Documents)
        from start in Gen.Choose(0, document.Length)
        from length in Gen.Choose(0, 80)
        select document.Substring(start, Math.Min(length, document.Length - start)));

    private static readonly Gen<Func<string, string>> Stir =
        from start in Gen.Choose(0, 10_000)
        from length in Gen.Frequency((4, Gen.Constant(0)), (2, Gen.Choose(1, 3)), (1, Gen.Choose(4, 200)))
        from piece in Piece
        select (Func<string, string>)(text =>
        {
            int place = text.Length == 0 ? 0 : start % text.Length;
            return string.Concat(text.AsSpan(0, place), piece, text.AsSpan(Math.Min(text.Length, place + length)));
        });

    private static readonly Arbitrary<string> Stirred = (
        from document in Gen.Frequency((3, Gen.Constant(Whole)), (2, Gen.Elements(Documents)))
        from stirs in Gen.Choose(1, 6).SelectMany(count => Stir.ArrayOf(count))
        select stirs.Aggregate(document, static (text, stir) => stir(text))).ToArbitrary();

    [Fact]
    public void No_document_makes_the_reader_throw_and_every_error_has_its_place() =>
        Prop.ForAll(Stirred, static text =>
        {
            int lines = text.Split('\n', '\r', '\u0085', '\u2028', '\u2029').Length;
            return PolicyParser.Read(text) is not PolicyReading.Invalid { Errors: var errors }
                || (errors.Length > 0 && errors.All(error =>
                    error.Line >= 1 && error.Line <= lines + 1 && error.Column >= 1
                    && error.Message.EndsWith('.') && error.Mend.Length > 0));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void No_document_makes_the_scenario_reader_throw() =>
        Prop.ForAll(Stirred, static text =>
            BadDocument.ErrorsOfScenarios(text).All(static error => error.Line >= 1 && error.Column >= 1))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void No_document_makes_the_editor_throw_or_change_more_than_the_limit() =>
        Prop.ForAll(Stirred, static text =>
        {
            if (PolicyEditor.AdjustCap(text, "weeks", new CapLimit(null, 7)) is not CapAdjustment.Adjusted adjusted)
            {
                return true;
            }

            CapAdjustment again = PolicyEditor.AdjustCap(adjusted.Document, "weeks", CapLimit.Unlimited);
            return again is CapAdjustment.Adjusted { Previous: { Contacts: 7, When: null } };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Valid_document_stays_valid_with_other_line_ends_comments_and_order()
    {
        string[] sections = Whole.Split("\nrules:", 2)[0].Split('\n');
        string rules = "rules:" + Whole.Split("\nrules:", 2)[1];
        Gen<string> shuffled =
            from lineEnd in Gen.Elements("\n", "\r\n", "\r")
            from mark in Gen.Elements("", "\uFEFF", "# Ours.\n", "%YAML 1.2\n---\n")
            from comment in Gen.Elements("", "  # why not", "   ")
            from rulesFirst in Gen.Elements(true, false)
            let head = string.Join('\n', sections.Select(line => line + comment))
            let body = rulesFirst ? $"{rules}\n{head}\n" : $"{head}\n{rules}\n"
            select (mark + body).Replace("\n", lineEnd, StringComparison.Ordinal);

        Prop.ForAll(shuffled.ToArbitrary(), static text =>
            PolicyParser.Read(text) is PolicyReading.Valid { Policy.Rules: var rules }
                && rules.Select(static rule => rule.Name).SequenceEqual(["two-a-day", "weeks", "breath", "nights"]))
            .Check(Config.QuickThrowOnFailure);
    }
}
