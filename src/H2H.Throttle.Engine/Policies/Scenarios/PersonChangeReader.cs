using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads what a <c>person</c> step changes.</summary>
internal static class PersonChangeReader
{
    private static readonly ImmutableArray<string> BuiltKeys = ["opt_out", "opt_in", "snooze_until", "limit", "zone"];

    private static readonly ImmutableArray<string> UnbuiltKeys = ["consent", "revoke", "hold", "lift_hold", "event"];

    private static readonly ImmutableArray<string> ScopeKeys = ["channel", "purpose", "topic"];

    private static readonly ImmutableArray<string> Keys = [.. BuiltKeys, .. UnbuiltKeys, .. ScopeKeys];

    private static readonly ImmutableArray<string> LimitKeys = ["cap", "in", .. ScopeKeys];

    /// <summary>Null if it cannot be read, or this version cannot do it.</summary>
    public static PersonChange? Read(Node node, Findings findings)
    {
        if (Fields.Of(node, "a person step", Keys, findings) is not { } fields)
        {
            return null;
        }

        string[] changes = [.. Keys.Where(key => fields[key] is not null && !ScopeKeys.Contains(key))];
        if (changes is not [{ } change])
        {
            findings.Report(node, new Fault(
                $"A person step does one thing, not {changes.Length}.",
                $"Write one of: {string.Join(", ", BuiltKeys)}."));
            return null;
        }

        if (UnbuiltKeys.Contains(change))
        {
            findings.Report(fields.KeyNode(change)!, new Fault(
                $"This version cannot run `{change}` steps yet.", "Leave the scenario out."));
            return null;
        }

        Node value = fields[change]!;
        if (change is not "snooze_until")
        {
            foreach (Node.Scalar key in ScopeKeys.Select(fields.KeyNode).OfType<Node.Scalar>())
            {
                findings.Report(key, new Fault(
                    $"{Quoted.Of(key.Text)} does not stand here.",
                    $"Write it inside `{change}: {{}}`."));
            }
        }

        return change switch
        {
            "opt_out" => ReadScope(value, findings) is { } scope ? new PersonChange.OptOut(scope) : null,
            "opt_in" => ReadScope(value, findings) is { } scope ? new PersonChange.OptIn(scope) : null,
            "snooze_until" => MomentReader.ReadInstant(value, findings) is { } until
                ? new PersonChange.Snooze(ScopeOf(fields, findings), until)
                : null,
            "limit" => ReadLimit(value, findings),
            _ => ZoneReader.Read(value, findings) is { } zone ? new PersonChange.Zone(zone) : null,
        };
    }

    private static Scope? ReadScope(Node node, Findings findings) =>
        Fields.Of(node, "a scope", ScopeKeys, findings) is { } fields ? ScopeOf(fields, findings) : null;

    private static Scope ScopeOf(Fields fields, Findings findings) => new(
        TextOf(fields["channel"], findings), TextOf(fields["purpose"], findings), TextOf(fields["topic"], findings));

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
