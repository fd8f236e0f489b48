using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Checks what a caller wants to be known of a person.</summary>
internal static class PersonReader
{
    /// <summary>What the draft makes of a person; meaningless if a problem was added.</summary>
    public static Func<Person, Person> Read(PersonDraft draft, Policy policy, Problems problems)
    {
        Func<Person, Person> place = PersonZones.Read(draft, problems);
        ContactReader.CheckCountry(draft.Country, "person.country", problems);
        CheckAttributes(draft.Attributes, problems);
        ImmutableArray<PersonLimit>? limits = draft.Limits is { } drafts ? ReadLimits(drafts, policy, problems) : null;
        ImmutableArray<PersonQuiet>? quiet = draft.QuietTimes is { } named ? ReadQuiet(named, policy, problems) : null;
        return person => place(person) with
        {
            Country = draft.Country is null ? person.Country : NullIfEmpty(draft.Country),
            Attributes = draft.Attributes ?? person.Attributes,
            Limits = limits ?? person.Limits,
            QuietTimes = quiet ?? person.QuietTimes,
        };
    }

    public static string ContentOf(PersonDraft draft) => Fingerprint.Of(
        "update",
        [
            draft.Zone, draft.Country,
            draft.Attributes is { } attributes ? Fingerprint.Number(attributes.Count) : null,
            .. draft.Attributes?.Keys ?? [], .. draft.Attributes?.Values ?? [],
            draft.Limits is { } limits ? Fingerprint.Number(limits.Length) : null,
            .. (draft.Limits ?? []).SelectMany(static limit => new[]
            {
                limit.Scope.Channel, limit.Scope.Purpose, limit.Scope.Topic, Fingerprint.Number(limit.Contacts),
                limit.Window,
            }),
            .. PersonZones.ContentOf(draft),
            draft.QuietTimes is { } named ? Fingerprint.Number(named.Length) : null,
            .. (draft.QuietTimes ?? []).SelectMany(static quiet => new[]
            {
                quiet.Scope.Channel, quiet.Scope.Purpose, quiet.Scope.Topic, quiet.Times, quiet.Until,
            }),
            .. BrandsIn(draft),
        ]);

    // Last, and only where there are some: what a version that knew none was asked is asked alike now.
    private static string?[] BrandsIn(PersonDraft draft)
    {
        string?[] brands =
        [
            .. (draft.Limits ?? []).Select(static limit => limit.Scope.Brand),
            .. (draft.QuietTimes ?? []).Select(static quiet => quiet.Scope.Brand),
        ];
        return Array.TrueForAll(brands, string.IsNullOrEmpty) ? [] : brands;
    }

    private static void CheckAttributes(ImmutableSortedDictionary<string, string>? attributes, Problems problems) =>
        problems.Require(
            attributes is null
                || (attributes.Count <= Person.AttributesMax && attributes.All(static attribute =>
                    attribute.Key.Length is >= 1 and <= Person.AttributeLengthMax
                    && attribute.Value.Length <= Person.AttributeLengthMax)),
            ProblemReason.AttributesOutOfRange,
            "person.attributes",
            $"person.attributes must be at most {Person.AttributesMax} names of 1 to {Person.AttributeLengthMax} "
            + $"characters with values of at most {Person.AttributeLengthMax}.");

    private static ImmutableArray<PersonLimit> ReadLimits(
        ImmutableArray<LimitDraft> drafts, Policy policy, Problems problems)
    {
        ImmutableArray<PersonLimit>.Builder limits = ImmutableArray.CreateBuilder<PersonLimit>();
        problems.Require(
            drafts.Length <= PersonLimit.LimitsMax,
            ProblemReason.LimitInvalid,
            "person.limits",
            $"person.limits has {drafts.Length} limits; at most {PersonLimit.LimitsMax} are allowed.");
        for (int i = 0; i < drafts.Length; i++)
        {
            LimitDraft draft = drafts[i];
            string field = $"person.limits[{i}]";
            ScopeChecks.Check(draft.Scope, field, policy, problems);
            bool isCap = draft.Contacts is >= 1 and <= PersonLimit.ContactsMax;
            problems.Require(
                isCap,
                ProblemReason.LimitInvalid,
                $"{field}.cap",
                $"{field}.cap must be 1 to {PersonLimit.ContactsMax}; for none at all, opt out.");
            if (!WindowText.TryRead(draft.Window, out Window? window))
            {
                problems.Add(
                    ProblemReason.LimitInvalid,
                    $"{field}.window",
                    $"{field}.window is no window; give one such as rolling 24h, last 7 days, calendar week or "
                    + "lifetime.");
            }
            else if (isCap)
            {
                limits.Add(new PersonLimit(draft.Scope, draft.Contacts, window));
            }
        }

        return limits.ToImmutable();
    }

    private static ImmutableArray<PersonQuiet> ReadQuiet(
        ImmutableArray<QuietDraft> drafts, Policy policy, Problems problems)
    {
        ImmutableArray<PersonQuiet>.Builder quiet = ImmutableArray.CreateBuilder<PersonQuiet>();
        problems.Require(
            drafts.Length <= PersonQuiet.QuietMax,
            ProblemReason.LimitInvalid,
            "person.quiet_times",
            $"person.quiet_times has {drafts.Length} entries; at most {PersonQuiet.QuietMax} are allowed.");
        for (int i = 0; i < drafts.Length; i++)
        {
            QuietDraft draft = drafts[i];
            string field = $"person.quiet_times[{i}]";
            ScopeChecks.Check(draft.Scope, field, policy, problems);
            LocalDate? until = string.IsNullOrEmpty(draft.Until) ? null : QuietText.ReadDay(draft.Until);
            problems.Require(
                string.IsNullOrEmpty(draft.Until) || until is not null,
                ProblemReason.LimitInvalid,
                $"{field}.until",
                $"{field}.until is no day; give the last one, such as 2026-12-31.");
            if (QuietText.Read(draft.Times, out string? problem) is { } times)
            {
                quiet.Add(new PersonQuiet(draft.Scope, times.Schedule, times.Text, until));
            }
            else
            {
                problems.Add(ProblemReason.LimitInvalid, $"{field}.times", $"{field}.times: {problem}");
            }
        }

        return quiet.ToImmutable();
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
