using System.Collections.Immutable;
using System.Text.Json;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>What the journal keeps of a contact that passed rules which warn.</summary>
internal static class OverrideFacts
{
    public const string Kind = "override";

    /// <summary>Empty if no rule was overridden; what a rule had to leave open is no override.</summary>
    public static ImmutableArray<JournalFact> Of(
        PersonKey person, Asked asked, Verdict verdict, ContactNumber number, Instant now)
    {
        string[] overridden =
        [
            .. verdict.Decision.Warnings
                .Where(static warning => warning.Code is not ReasonCode.CalendarUnknown)
                .Select(static warning => warning.Rule),
        ];
        if (overridden.Length == 0)
        {
            return [];
        }

        string contact = new ContactId(person, number).ToString();
        byte[] data = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>
        {
            ["contact"] = contact,
            ["reason"] = asked.OverrideReason ?? "",
            ["rules"] = string.Join(", ", overridden),
            ["policy"] = $"{verdict.Policy} {verdict.PolicyVersion}",
        });
        return [new JournalFact($"override-{contact}", now, Kind, person.Text, data)];
    }
}
