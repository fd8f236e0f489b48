using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.People;

/// <summary>A record of somebody who spoke of brands, with all that is kept of what they said.</summary>
internal static class WordSample
{
    private static readonly QuietTimes Nights = QuietText.Read("daily 22:00-07:00", out _)!;

    public static PersonRecord Of(Instant at) => new()
    {
        Person = new Person
        {
            Statements = Statements.None.With(new Statement(true, new Scope(Brand: "north"), at, null)),
            Snoozes = [new Snooze(new Scope("sms", Brand: "north"), at + Duration.FromDays(3))],
            Limits = [new PersonLimit(new Scope(Brand: "south"), 4, new Window.Rolling(Duration.FromHours(36)))],
            QuietTimes = [new PersonQuiet(new Scope(Brand: "south"), Nights.Schedule, Nights.Text, null)],
            Consents =
            [
                new GivenConsent("calls", new Scope(Brand: "north"), at, null, [], null)
                {
                    Except = [new Scope("phone", Brand: "north")],
                },
            ],
        },
        History =
        [
            new HistoryEntry(HistoryKind.OptOut, new Scope(Brand: "north"), at) { Source = "sms STOP" },
            new HistoryEntry(HistoryKind.Snooze, Scope.Everything, at) { Until = at + Duration.FromDays(1) },
            new HistoryEntry(HistoryKind.ConsentGiven, new Scope("phone"), at + Duration.FromDays(1))
            {
                Consent = "calls",
            },
        ],
        HistoryForgotten = 3,
        Refusals =
        [
            new Refusals("email", "marketing", "north", null, 4, at),
            new Refusals("phone", "marketing", null, null, 1, at + Duration.FromHours(1)),
        ],
    };

    /// <summary>The same, with what is kept of wishes and topics since.</summary>
    public static PersonRecord WithWishes(Instant at) => new()
    {
        History =
        [
            new HistoryEntry(HistoryKind.Limits, Scope.Everything, at) { Wish = "2 in calendar week" },
            new HistoryEntry(HistoryKind.QuietTimes, new Scope("phone"), at) { Wish = "none" },
        ],
        Refusals = [new Refusals("email", "marketing", null, "shoes", 1, at)],
    };
}
