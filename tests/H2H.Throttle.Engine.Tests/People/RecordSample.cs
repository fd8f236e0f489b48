using System.Collections.Immutable;
using System.Text;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.People;

/// <summary>Records of every kind of content, as the golden files have them.</summary>
internal static class RecordSample
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 2, 9, 0);

    public static PersonRecord Of(string sample) => sample switch
    {
        "unknown" => PersonRecord.Unknown,
        "contacts" => new PersonRecord
        {
            LastSeen = At + Duration.FromHours(5),
            LastNumber = new ContactNumber((At + Duration.FromHours(4)).ToUnixTimeTicks()),
            Person = new Person
            {
                Zone = DateTimeZoneProviders.Tzdb["Europe/Rome"],
                Country = "IT",
                Attributes = ImmutableSortedDictionary.CreateRange(
                    StringComparer.Ordinal, [KeyValuePair.Create("tier", "gold"), KeyValuePair.Create("age", "adult")]),
                Ledger = Ledger.Of(
                [
                    Contact(0, ContactState.Made, "delivered"),
                    Contact(60, ContactState.Released, null),
                    Contact(120, ContactState.Revoked, null),
                    Contact(240, ContactState.Reserved, null),
                    Contact(240, ContactState.Made, "busy") with
                    {
                        Number = new ContactNumber(7), Weight = 1000, Traits = Rich,
                    },
                ]),
            },
        },
        "consent" => new PersonRecord
        {
            Person = new Person
            {
                Statements = Statements.None
                    .With(new Statement(true, Scope.Everything, At, "sms STOP"))
                    .With(new Statement(false, new Scope("email", "marketing", "news"), At + Duration.FromHours(1),
                        null)),
                Snoozes = [new Snooze(new Scope("phone"), At + Duration.FromDays(3))],
                Limits =
                [
                    new PersonLimit(Scope.Everything, 1, new Window.Calendar(CalendarUnit.Week)),
                    new PersonLimit(new Scope("email"), 4, new Window.Rolling(Duration.FromHours(36))),
                    new PersonLimit(new Scope(null, "marketing"), 9, new Window.LastDays(30)),
                    new PersonLimit(new Scope(null, null, "news"), 1000, Window.Forever),
                ],
            },
        },
        "answers" => new PersonRecord { Answers =
            [
                new PackedAnswer(AnswerCodec.Keep(Allowed, "r1", "c1")),
                new PackedAnswer(AnswerCodec.Keep(Denied, "r2", "c2")),
                new PackedAnswer(AnswerCodec.Keep(Confirmed, "r3", "c3")),
            ],
        },
        "events" => new PersonRecord
        {
            Person = new Person
            {
                Ledger = Ledger.Of(
                    [],
                    [
                        new LedgerEvent("purchase", At, new ContactTraits("", "", isOfEvent: true)),
                        new LedgerEvent(
                            "inbound_message", At + Duration.FromHours(1),
                                new ContactTraits("sms", "", isOfEvent: true)),
                    ]),
                Consents =
                [
                    new GivenConsent(
                        "calls", new Scope("phone"), At, At + Duration.FromDays(60), ["revoked", "conversation"],
                            "form 7"),
                    new GivenConsent("mail", Scope.Everything, At + Duration.FromDays(1), null, [], null),
                ],
                Holds = ["complaint", "lawsuit"],
            },
        },
        "facts" => new PersonRecord
        {
            Person = new Person
            {
                Zones = [DateTimeZoneProviders.Tzdb["America/New_York"], DateTimeZoneProviders.Tzdb["Asia/Tokyo"]],
                QuietTimes =
                [
                    Quiet(Scope.Everything, "mon-fri 15:00-17:00; sat-sun all", null),
                    Quiet(new Scope("phone", "debt", "card"), "daily 22:00-07:00", new LocalDate(2026, 12, 31)),
                ],
                Ledger = Ledger.Of(
                [
                    Contact(0, ContactState.Made, "conversation") with
                    {
                        Traits = Rich, Discussed = Rich.About(["loan"]),
                    },
                    Contact(60, ContactState.Made, "busy"),
                ]),
                Consents =
                [
                    new GivenConsent("calls", Scope.Everything, At, At + Duration.FromDays(1), [], null)
                    {
                        Source = "shop", EndedBy = "consent_revoked",
                    },
                    new GivenConsent("calls", new Scope("phone"), At + Duration.FromDays(1), null, ["refused"], null)
                    {
                        Source = "web", Except = [new Scope(null, null, "cars"), new Scope("phone", "marketing")],
                    },
                    new GivenConsent("mail", Scope.Everything, At + Duration.FromDays(2), null, [], "form 9")
                    {
                        Except = [new Scope("sms")],
                    },
                ],
            },
        },
        "wishes" => WordSample.WithWishes(At),
        "words" => WordSample.Of(At),
        "outbox" => new PersonRecord
        {
            Outbox = [new JournalFact("f-1", At, "opt_out", "someone", Encoding.UTF8.GetBytes("{}"))],
        },
        _ => throw new ArgumentOutOfRangeException(nameof(sample), sample, null),
    };

    private static PersonQuiet Quiet(Scope scope, string text, LocalDate? until)
    {
        QuietTimes times = QuietText.Read(text, out _)!;
        return new PersonQuiet(scope, times.Schedule, times.Text, until);
    }

    private static ContactTraits Plain { get; } = new("email", "marketing") { Brand = "north", Campaign = "spring" };

    private static ContactTraits Rich { get; } = new("phone", "debt_collection")
    {
        Brand = "south",
        Campaign = "c",
        Topic = "t",
        Sender = "s",
        Country = "FR",
        Address = "hash",
        Direction = Direction.In,
        Priority = 80,
        Subjects = ["debt 2", "debt 1"],
        Labels = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("team", "north")]),
    };

    private static Answer Allowed => new(At)
    {
        Verdict = new Verdict("d1", new Decision.Allowed([], [TooMany]), "acme", 3, At),
        Contact = Contact(0, ContactState.Reserved, null),
        HasCounted = true,
    };

    private static Answer Denied => new(At + Duration.FromHours(1))
    {
        Verdict = new Verdict(
            "d2", new Decision.Denied([TooMany, Never], [], [], At + Duration.FromDays(1), ["sms"]), "acme", 3, At),
    };

    private static Answer Confirmed => new(At + Duration.FromHours(2))
    {
        Contact = Contact(0, ContactState.Made, "sent"),
        IsLate = true,
        IsRevoked = true,
        Overshoot = [TooMany],
        Revoked = [new ContactNumber(5), new ContactNumber(6)],
        Lifted = 2,
    };

    private static Reason TooMany => new("day", ReasonCode.CapReached, "Too many.", At + Duration.FromDays(1))
    {
        Used = 3,
        Limit = 0,
        Window = "rolling 24h",
        Counted = [Contact(0, ContactState.Made, null), Contact(5, ContactState.Reserved, null)],
    };

    private static Reason Never => new("opt-out", ReasonCode.OptedOut, "Opted out.", null);

    public static LedgerContact Contact(int minutes, ContactState state, string? outcome)
    {
        Instant at = At + Duration.FromMinutes(minutes);
        bool isOpen = state is ContactState.Reserved or ContactState.Revoked;
        return new LedgerContact(
            new ContactNumber(at.ToUnixTimeTicks()),
            at,
            Plain,
            1,
            state,
            isOpen ? at + Duration.FromMinutes(15) : at,
            outcome,
            outcome is null ? at : at + Duration.FromSeconds(9));
    }
}
