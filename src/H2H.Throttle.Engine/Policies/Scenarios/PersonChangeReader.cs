using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads what a <c>person</c> step changes.</summary>
internal static class PersonChangeReader
{
    private static readonly ImmutableArray<string> Changes =
    [
        "opt_out", "opt_in", "consent", "revoke", "snooze_until", "hold", "lift_hold", "limit", "quiet", "event",
        "zone", "join", "leave",
    ];

    private static readonly ImmutableArray<string> ScopeKeys = ["channel", "purpose", "topic", "brand"];

    private static readonly ImmutableArray<string> EventKeys = [.. ScopeKeys, "subject"];

    private static readonly ImmutableArray<string> Keys = [.. Changes, .. EventKeys];

    private static readonly ImmutableArray<string> LimitKeys = ["cap", "in", .. ScopeKeys];

    /// <summary>Null if it cannot be read.</summary>
    /// <param name="node">The step.</param>
    /// <param name="words">The policy's; null: it cannot be read, so nothing is said about names.</param>
    /// <param name="findings">Takes the reports.</param>
    public static PersonChange? Read(Node node, PolicyWords? words, Findings findings)
    {
        if (Fields.Of(node, "a person step", Keys, findings) is not { } fields)
        {
            return null;
        }

        string[] changes = [.. Changes.Where(key => fields[key] is not null)];
        if (changes is not [{ } change])
        {
            findings.Report(node, new Fault(
                $"A person step does one thing, not {changes.Length}.",
                $"Write one of: {string.Join(", ", Changes)}."));
            return null;
        }

        Node value = fields[change]!;
        ReportMisplaced(fields, change, findings);
        return change switch
        {
            "opt_out" => ReadScope(value, findings) is { } scope ? new PersonChange.OptOut(scope) : null,
            "opt_in" => ReadScope(value, findings) is { } scope ? new PersonChange.OptIn(scope) : null,
            "consent" => ConsentStepReader.Read(value, words, findings),
            "revoke" => NameReader.Read(value, GivenConsent.NameLengthMax, findings) is { } consent
                ? new PersonChange.Revoke(consent, ScopeOf(fields, findings))
                : null,
            "snooze_until" => MomentReader.ReadInstant(value, findings) is { } until
                ? new PersonChange.Snooze(ScopeOf(fields, findings), until)
                : null,
            "hold" => ReadHold(value, findings) is { } hold ? new PersonChange.Hold(hold) : null,
            "lift_hold" => ReadHold(value, findings) is { } hold ? new PersonChange.LiftHold(hold) : null,
            "join" => ReadKind(value, findings) is { } kind ? new PersonChange.Join(kind) : null,
            "leave" => ReadKind(value, findings) is { } kind ? new PersonChange.Leave(kind) : null,
            "limit" => ReadLimit(value, findings),
            "event" => EventStepReader.Read(value, fields, ScopeOf(fields, findings), words, findings),
            "quiet" => QuietStepReader.Read(value, findings) is { } quiet ? new PersonChange.Quiet(quiet) : null,
            _ => CandidatesReader.Read(value, findings) is { IsEmpty: false } zones
                ? new PersonChange.Zone(zones)
                : null,
        };
    }

    private static string? ReadKind(Node node, Findings findings) =>
        NameReader.Read(node, Pool.KindLengthMax, findings);

    /// <summary>What the fields say of a scope; a part that is not there is about all.</summary>
    public static Scope ScopeOf(Fields fields, Findings findings) => new(
        TextOf(fields["channel"], findings),
        TextOf(fields["purpose"], findings),
        TextOf(fields["topic"], findings),
        TextOf(fields["brand"], findings));

    private static void ReportMisplaced(Fields fields, string change, Findings findings)
    {
        ImmutableArray<string> beside = change switch
        {
            "event" => EventKeys,
            "revoke" or "snooze_until" => ScopeKeys,
            _ => [],
        };
        foreach (Node.Scalar key in EventKeys.Except(beside).Select(fields.KeyNode).OfType<Node.Scalar>())
        {
            findings.Report(key, new Fault(
                $"{Quoted.Of(key.Text)} does not stand here.",
                change is "opt_out" or "opt_in" or "consent" or "limit" or "quiet" && ScopeKeys.Contains(key.Text)
                    ? $"Write it inside `{change}: {{}}`."
                    : "Leave it out."));
        }
    }

    private static string? ReadHold(Node node, Findings findings) =>
        NameReader.Read(node, OnHold.HoldLengthMax, findings);

    private static Scope? ReadScope(Node node, Findings findings) =>
        Fields.Of(node, "a scope", ScopeKeys, findings) is { } fields ? ScopeOf(fields, findings) : null;

    private static PersonChange.Limit? ReadLimit(Node node, Findings findings)
    {
        if (Fields.Of(node, "a person's limit", LimitKeys, findings) is not { } fields)
        {
            return null;
        }

        if (fields["cap"] is not { } cap || fields["in"] is not { } window)
        {
            findings.Report(node, new Fault(
                "A limit needs `cap` and `in`.",
                "Write `limit: { cap: 1, in: calendar week }`."));
            return null;
        }

        CapLimit? amount = LimitsReader.ReadOne(cap, findings);
        Window? time = WindowReader.Read(window, findings);
        if (amount?.Contacts is null or > PersonLimit.ContactsMax)
        {
            if (amount is not null)
            {
                findings.Report(cap, new Fault(
                    "This does not limit anything.", $"Write a number up to {PersonLimit.ContactsMax}, or `blocked`."));
            }

            return null;
        }

        return time is null
            ? null
            : new PersonChange.Limit(new PersonLimit(ScopeOf(fields, findings), amount.Contacts.Value, time));
    }

    private static string? TextOf(Node? node, Findings findings) =>
        node is not null && ValueReader.TryText(node, findings, out Node.Scalar? text) ? text.Text : null;
}
