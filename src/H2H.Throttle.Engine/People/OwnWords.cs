using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.People;

/// <summary>Limits and quiet times of a person's own as their history keeps them, one text a scope.</summary>
/// <remarks>
/// <c>2 in calendar week / 5 in rolling 30d</c>; <c>daily 22:00-08:00 / sat all until 2026-12-31</c>; <c>none</c>.
/// </remarks>
public static class OwnWords
{
    /// <summary>They were taken back.</summary>
    public const string None = "none";

    /// <summary>What is longer is not kept: the history tells then that something changed, and not what.</summary>
    public const int LengthMax = 500;

    private const string Between = " / ";
    private const string In = " in ";
    private const string Until = " until ";

    /// <summary>What a person said by changing limits and quiet times: an entry a scope.</summary>
    internal static IEnumerable<HistoryEntry> Changes(Person before, Person after, Instant now) =>
    [
        .. Changes(HistoryKind.Limits, before.Limits, after.Limits, static one => one.Scope, TextOf, now),
        .. Changes(HistoryKind.QuietTimes, before.QuietTimes, after.QuietTimes, static one => one.Scope, TextOf, now),
    ];

    /// <summary>Empty: none, or what an entry of limits cannot say.</summary>
    public static ImmutableArray<PersonLimit> LimitsIn(HistoryEntry entry) =>
        [.. PartsOf(entry).Select(part => ReadLimit(part, entry.Scope)).OfType<PersonLimit>()];

    /// <summary>Empty: none, or what an entry of quiet times cannot say.</summary>
    public static ImmutableArray<PersonQuiet> QuietTimesIn(HistoryEntry entry) =>
        [.. PartsOf(entry).Select(part => ReadQuiet(part, entry.Scope)).OfType<PersonQuiet>()];

    private static IEnumerable<HistoryEntry> Changes<T>(
        HistoryKind kind,
        ImmutableArray<T> before,
        ImmutableArray<T> after,
        Func<T, Scope> scopeOf,
        Func<T, string> textOf,
        Instant now) =>
        from scope in before.Concat(after).Select(scopeOf).Distinct()
        let holds = after.Where(one => scopeOf(one) == scope)
        where !holds.SequenceEqual(before.Where(one => scopeOf(one) == scope))
        let text = string.Join(Between, holds.Select(textOf).DefaultIfEmpty(None))
        select new HistoryEntry(kind, scope, now) { Wish = text.Length <= LengthMax ? text : null };

    private static string TextOf(PersonLimit limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{limit.Contacts}{In}{limit.Window}");

    private static string TextOf(PersonQuiet quiet) =>
        quiet.Until is { } day ? $"{quiet.Text}{Until}{LocalDatePattern.Iso.Format(day)}" : quiet.Text;

    private static string[] PartsOf(HistoryEntry entry) => entry.Wish?.Split(Between) ?? [];

    private static PersonLimit? ReadLimit(string part, Scope scope) =>
        part.Split(In, 2) is [var count, var text]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int contacts)
            && contacts <= PersonLimit.ContactsMax
            && WindowText.TryRead(text, out Window? window)
            ? new PersonLimit(scope, contacts, window)
            : null;

    private static PersonQuiet? ReadQuiet(string part, Scope scope)
    {
        string[] parts = part.Split(Until, 2);
        return QuietText.Read(parts[0], out _) is { } times
            ? new PersonQuiet(scope, times.Schedule, times.Text, parts.Length > 1 ? QuietText.ReadDay(parts[1]) : null)
            : null;
    }
}
