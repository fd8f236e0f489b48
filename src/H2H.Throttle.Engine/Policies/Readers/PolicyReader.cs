using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Calendars;
using H2H.Throttle.Engine.Policies.Documents;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads a whole policy.</summary>
internal static class PolicyReader
{
    /// <summary>The name of a policy that gives none.</summary>
    public const string DefaultName = "default";

    private static readonly ImmutableArray<string> Keys =
    [
        "policy", "zone", "week_starts", "country", "channels", "purposes", "unconfirmed", "outcomes", "events",
        "mailboxes", "presets", "rules",
    ];

    /// <summary>The policy, of use only if nothing was reported; null if there is nothing to make one of.</summary>
    public static Policy? Read(Node root, Findings findings)
    {
        if (Fields.Of(root, "a policy", Keys, findings) is not { } fields)
        {
            return null;
        }

        string? name = fields["policy"] is { } named
            ? NameReader.Read(named, Rule.NameLengthMax, findings)
            : DefaultName;
        DateTimeZone? zone = fields["zone"] is { } zoned ? ZoneReader.Read(zoned, findings) : null;
        string? country = fields["country"] is { } home ? CountryReader.Read(home, findings) : null;
        IsoDayOfWeek weekStarts = fields["week_starts"] is { } day
            ? DaysReader.ReadOne(day, findings)
            : IsoDayOfWeek.Monday;
        ImmutableArray<string> channels = ChannelsReader.Read(fields, findings);
        ImmutableDictionary<string, Purpose>? purposes = PurposesReader.Read(fields, findings);
        ImmutableHashSet<string> outcomes = fields["outcomes"] is { } became
            ? OwnNamesReader.Read(became, "outcome", "outcomes: [ignored, clicked]", findings)
            : [];
        ImmutableHashSet<string> events = fields["events"] is { } happened
            ? OwnNamesReader.Read(happened, "event", "events: [demo_requested]", findings)
            : [];
        ImmutableHashSet<string> released = fields["unconfirmed"] is { } unconfirmed
            ? UnconfirmedReader.Read(unconfirmed, channels, findings)
            : [];
        PolicyWords words = new(channels, purposes, outcomes, events, zone, country);
        ImmutableArray<PresetUse> presets = fields["presets"] is { } names
            ? PresetsReader.Read(names, words, findings)
            : [];
        ImmutableArray<Rule> rules = fields["rules"] is { } list
            ? RulesReader.Read(list, presets, words, findings)
            : [];
        return name is null || channels.IsDefault || purposes is null ? null : new Policy
        {
            Name = name,
            Zone = zone,
            Country = country,
            Calendars = HolidayCalendars.ByCountry,
            WeekStarts = weekStarts,
            Channels = channels,
            Purposes = purposes,
            ReleasesUnconfirmedOn = released,
            Outcomes = outcomes,
            Events = events,
            Mailboxes = MailboxesReader.Read(fields["mailboxes"], findings),
            Rules = [.. presets.SelectMany(static use => use.Preset.Rules), .. rules],
        };
    }
}
