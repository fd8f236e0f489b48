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
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.People;

public sealed class PersonCodecTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "People", "Golden");

    public static TheoryData<string> Samples() =>
        ["unknown", "contacts", "consent", "answers", "outbox", "events", "facts", "words", "wishes"];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task What_this_version_writes_is_what_it_always_wrote(string sample)
    {
        string written = Convert.ToHexStringLower(PersonCodec.Write(SampleOf(sample)));

        string golden = await File.ReadAllTextAsync(
            Path.Combine(Golden, $"person-1-{sample}.hex"), TestContext.Current.CancellationToken);
        Assert.Equal(golden.Trim(), written);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task What_was_ever_written_is_read_as_it_was_meant(string sample)
    {
        string golden = await File.ReadAllTextAsync(
            Path.Combine(Golden, $"person-1-{sample}.hex"), TestContext.Current.CancellationToken);

        PersonRecord read = PersonCodec.Read(Convert.FromHexString(golden.Trim()));

        Assert.Equal(RecordText.Of(SampleOf(sample)), RecordText.Of(read));
    }

    [Fact]
    public void A_newer_format_is_refused_and_so_are_bytes_without_one()
    {
        byte[] bytes = PersonCodec.Write(SampleOf("contacts"));
        Assert.Equal((8, 1), (bytes[0], bytes[1]));

        bytes[1] = 2;
        StoreException newer = Assert.Throws<StoreException>(() => PersonCodec.Read(bytes));
        StoreException nothing = Assert.Throws<StoreException>(() => PersonCodec.Read([]));

        Assert.Equal((StoreFailure.Newer, StoreFailure.Damaged), (newer.Failure, nothing.Failure));
    }

    [Fact]
    public void What_a_newer_version_added_is_passed_over_and_gone_when_this_one_writes_as_the_operating_guide_warns()
    {
        byte[] known = PersonCodec.Write(SampleOf("contacts"));
        byte[] newer = [.. known, 0xfa, 0x3e, 3, .. "new"u8];   // field 1007, three bytes long

        PersonRecord read = PersonCodec.Read(newer);

        Assert.Equal(RecordText.Of(SampleOf("contacts")), RecordText.Of(read));
        Assert.Equal(known, PersonCodec.Write(read));
    }

    [Fact]
    public void Damaged_bytes_are_a_store_failure_and_never_anything_else()
    {
        Random random = new(20260302);
        foreach (string sample in new[] { "contacts", "consent", "answers", "outbox", "events", "facts", "words" })
        {
            byte[] whole = PersonCodec.Write(SampleOf(sample));
            for (int i = 0; i < 20_000; i++)
            {
                byte[] bytes = [.. whole.Take(random.Next(4) == 0 ? random.Next(whole.Length) : whole.Length)];
                for (int flips = random.Next(1, 4); flips > 0 && bytes.Length > 0; flips--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                try
                {
                    foreach (PackedAnswer answer in PersonCodec.Read(bytes).Answers)
                    {
                        AnswerCodec.Read(answer.Open());
                    }
                }
                catch (StoreException)
                {
                }
            }
        }
    }

    [Fact]
    public void Ten_contacts_of_one_campaign_take_less_than_a_quarter_of_a_kilobyte()
    {
        Ledger ledger = Ledger.Of(Enumerable.Range(0, 10).Select(static i =>
            Contact(i * 37, ContactState.Made, "delivered")));

        byte[] bytes = PersonCodec.Write(new PersonRecord { Person = new Person { Ledger = ledger } });

        Assert.InRange(bytes.Length, 1, 256);
    }

    private static PersonRecord SampleOf(string sample) => sample switch
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

    private static LedgerContact Contact(int minutes, ContactState state, string? outcome)
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
