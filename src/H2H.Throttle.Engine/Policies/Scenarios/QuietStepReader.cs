using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads times that the person of a scenario named as inconvenient.</summary>
internal static class QuietStepReader
{
    private static readonly ImmutableArray<string> Keys = ["until", "channel", "purpose", "topic", "brand"];

    /// <summary>Null if they cannot be read.</summary>
    public static PersonQuiet? Read(Node node, Findings findings)
    {
        if (node is not Node.Map map)
        {
            findings.Report(node, new Fault(
                $"A map of days is expected here for quiet times, not {node.Shape}.",
                "Write `quiet: { mon-fri: \"15:00-17:00\", sat-sun: all, until: 2026-12-31 }`."));
            return null;
        }

        Node.Map others = new(map.Line, map.Column, [.. map.Entries.Where(entry => Keys.Contains(entry.Key.Text))]);
        QuietTimes? times = QuietReader.Read(
            map, [.. map.Entries.Where(entry => !Keys.Contains(entry.Key.Text))], findings);
        if (Fields.Of(others, "quiet times", Keys, findings) is not { } fields)
        {
            return null;
        }

        LocalDate? until = fields["until"] is { } last ? ReadDay(last, findings) : null;
        Scope scope = PersonChangeReader.ScopeOf(fields, findings);
        return times is null ? null : new PersonQuiet(scope, times.Schedule, times.Text, until);
    }

    private static LocalDate? ReadDay(Node node, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (QuietText.ReadDay(text.Text) is { } day)
        {
            return day;
        }

        findings.Report(node, new Fault(
            $"{Quoted.Of(text.Text)} is not a day from 1970 to 2199.", "Write the last one, as in `2026-12-31`."));
        return null;
    }
}
