using System.Text.Json.Nodes;
using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.Contacts;

/// <summary>The default policy allows two e-mails a day, an hour apart.</summary>
public sealed class ContactCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static readonly string[] Email = ["--channel", "email", "--purpose", "marketing"];

    [Fact]
    public async Task A_yes_says_so_and_ends_with_0()
    {
        Ended ended = await server.AskAsync(["check", "yes", .. Email, "--at", "2026-03-02T09:00Z"]);

        ended.With(exit: 0);
        ended.StartsSaying("ALLOW  at Mon 2 Mar 2026, 09:00 UTC\n");
        Assert.Empty(ended.Complaint);
    }

    [Fact]
    public async Task A_no_says_why_and_from_when_on_it_would_be_yes_in_the_persons_own_time()
    {
        (await server.AskAsync("person", "update", "no", "--zone", "Europe/Rome", "--at", "2026-03-02T08:00+01:00"))
            .With(exit: 0);
        string[] reserve = ["reserve", "no", .. Email, "--brand", "acme"];
        (await server.AskAsync([.. reserve, "--at", "2026-03-02T09:00+01:00"])).With(exit: 0);
        (await server.AskAsync([.. reserve, "--at", "2026-03-02T11:00+01:00"])).With(exit: 0);

        Ended ended = await server.AskAsync([.. reserve, "--at", "2026-03-02T11:30+01:00"]);

        ended.With(exit: 3);
        ended.StartsSaying("DENY  at Mon 2 Mar 2026, 11:30 Europe/Rome\n");
        ended.Says("next allowed  Tue 3 Mar 2026, 00:00 Europe/Rome  (in 12 hours 30 minutes)");
        ended.Says("two-emails-a-day  CAP_REACHED  2 of 2 in calendar day");
        ended.Says("breathing-space  TOO_SOON  at least 1h apart");
        ended.Says("counted  Mon 2 Mar 2026, 09:00  email marketing acme  unconfirmed");
        ended.Says("counted  Mon 2 Mar 2026, 11:00  email marketing acme  unconfirmed");
    }

    [Fact]
    public async Task A_no_names_the_channels_by_which_it_would_be_yes()
    {
        (await server.AskAsync(
            "reserve", "channels", "--channel", "phone", "--purpose", "marketing", "--at", "2026-03-02T10:00Z"))
            .With(exit: 0);

        Ended ended = await server.AskAsync(
            "check", "channels", "--channel", "phone", "--purpose", "marketing", "--at", "2026-03-02T12:00Z");

        ended.With(exit: 3);
        ended.Says("allowed now   email, sms, push, whatsapp, mail");
    }

    [Fact]
    public async Task An_id_that_begins_like_an_option_is_an_id()
    {
        Ended ended = await server.AskAsync("confirm", "-hT4");

        ended.With(exit: 5).Complains("RESERVATION_UNKNOWN");
    }

    [Fact]
    public async Task As_json_the_answer_is_the_message_of_the_proto_and_nothing_else()
    {
        Ended ended = await server.AskAsync(
            ["reserve", "json", .. Email, "--at", "2026-03-02T09:00Z", "--request-id", "r-1", "--json"]);

        ended.With(exit: 0);
        ReserveResponse answer = ReserveResponse.Parser.ParseJson(ended.Output);
        Assert.Equal(Verdict.Allow, answer.Decision.Verdict);
        Assert.NotEmpty(answer.Reservation.ReservationId);
        JsonNode reservation = JsonNode.Parse(ended.Output)!["reservation"]!;
        Assert.Equal("2026-03-02T09:15:00Z", reservation["expiresAt"]!.GetValue<string>());
        Assert.Single(ended.Lines);

        Ended again = await server.AskAsync(
            ["reserve", "json", .. Email, "--at", "2026-03-02T09:00Z", "--request-id", "r-1", "--json"]);

        Assert.Equal(answer, ReserveResponse.Parser.ParseJson(again.Output));
    }

    [Fact]
    public async Task What_was_talked_about_is_told_with_the_outcome()
    {
        string[] call = ["--channel", "phone", "--purpose", "service", "--subject", "card"];
        string reservation = ReserveResponse.Parser.ParseJson(
            (await server.AskAsync(["reserve", "talked", .. call, "--json"])).With(exit: 0).Output)
            .Reservation.ReservationId;

        Ended confirmed = await server.AskAsync(
            "confirm", reservation, "--outcome", "conversation", "--discussed", "loan");
        Ended corrected = await server.AskAsync(
            "outcome", reservation, "conversation", "--discussed", "house", "--discussed", "boat");
        Ended recorded = await server.AskAsync(
            ["record", "talked", .. call, "--outcome", "conversation", "--discussed", "loan", "--json"]);

        confirmed.With(exit: 0).Says("confirmed, conversation, about loan");
        corrected.With(exit: 0).Says("confirmed, conversation, about boat and house");
        Assert.Equal(
            ["loan"], RecordResponse.Parser.ParseJson(recorded.With(exit: 0).Output).Contact.Discussed);
    }

    [Fact]
    public async Task Everything_that_can_be_said_of_a_contact_arrives()
    {
        (await server.AskAsync(
            "record", "all", "--channel", "sms", "--purpose", "service", "--brand", "acme", "--campaign", "spring",
            "--topic", "offers", "--sender", "dialer", "--subject", "debt-1", "--subject", "debt-2", "--label", "a=1",
            "--label", "b=2=3", "--priority", "0", "--weight", "7", "--direction", "in", "--country", "IT",
            "--address", "+39 1", "--made-at", "2026-03-02T08:00Z", "--outcome", "conversation", "--request-id", "r",
            "--at", "2026-03-02T09:00Z")).With(exit: 0);

        Ended ended = await server.AskAsync("contacts", "all", "--json", "--at", "2026-03-02T09:00Z");

        LedgerContact stored = Assert.Single(
            ListContactsResponse.Parser.ParseJson(ended.With(exit: 0).Output).Contacts);
        Assert.Equal(
            new Contact
            {
                Channel = "sms", Purpose = "service", Brand = "acme", Campaign = "spring", Topic = "offers",
                Sender = "dialer", Subjects = { "debt-1", "debt-2" }, Labels = { ["a"] = "1", ["b"] = "2=3" },
                Priority = 0, Weight = 7, Direction = Direction.In, Country = "IT",
            },
            stored.Contact);
        Assert.Equal(("conversation", "2026-03-02T08:00:00Z"), (stored.Outcome.Name, Text(stored.At)));
    }

    [Fact]
    public async Task A_reservation_is_confirmed_corrected_and_listed()
    {
        string reservation = await ReserveAsync("life");

        Ended confirmed = await server.AskAsync(
            "confirm", reservation, "--outcome", "sent", "--made-at", "2026-03-02T09:05Z", "--at", "2026-03-02T09:06Z");
        Ended corrected = await server.AskAsync(
            "outcome", reservation, "bounced", "--outcome-at", "2026-03-02T10:00Z", "--at", "2026-03-02T10:00Z");
        Ended listed = await server.AskAsync("contacts", "life", "--at", "2026-03-02T10:00Z");

        confirmed.With(0).StartsSaying("confirmed  Mon 2 Mar 2026, 09:05 UTC\n");
        corrected.With(0).Says("stands        confirmed, bounced");
        Assert.Equal(
            $"Mon 2 Mar 2026, 09:05  confirmed    email marketing, bounced  {reservation}", listed.With(0).Lines[0]);
    }

    [Fact]
    public async Task A_released_reservation_gives_its_slot_back_and_can_no_longer_be_confirmed()
    {
        string reservation = await ReserveAsync("released");

        (await server.AskAsync("release", reservation, "--at", "2026-03-02T09:01Z")).With(exit: 0);
        Ended late = await server.AskAsync("confirm", reservation, "--at", "2026-03-02T09:02Z");

        (await server.AskAsync(["check", "released", .. Email, "--at", "2026-03-02T09:03Z"])).With(exit: 0);
        Assert.Contains("(RESERVATION_ALREADY_RELEASED", late.With(exit: 5).Complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_that_exceeds_a_rule_is_recorded_and_says_so()
    {
        string[] record = ["record", "over", "--channel", "phone", "--purpose", "marketing", "--at"];
        (await server.AskAsync([.. record, "2026-03-02T09:00Z"])).With(exit: 0);

        Ended ended = await server.AskAsync([.. record, "2026-03-02T15:00Z"]);

        ended.With(exit: 0);
        ended.Says("It exceeds:");
        ended.Says("one-call-a-day  CAP_REACHED");
    }

    [Fact]
    public async Task A_reservation_lives_as_long_as_is_asked_for()
    {
        Ended ended = await server.AskAsync(
            ["reserve", "lives", .. Email, "--at", "2026-03-02T09:00Z", "--ttl", "2h"]);

        ended.With(0).Says("confirm by    Mon 2 Mar 2026, 11:00 UTC");
    }

    [Fact]
    public async Task Slots_are_told_and_no_slot_is_a_no()
    {
        string[] slots =
        [
            "slots", "slots", "--channel", "sms", "--purpose", "marketing", "--at", "2026-03-02T05:00Z", "--max", "1",
        ];
        Ended free = await server.AskAsync([.. slots, "--until", "2026-03-04T05:00Z"]);
        Ended none = await server.AskAsync([.. slots, "--until", "2026-03-02T07:00Z"]);

        Assert.Equal("Mon 2 Mar 2026, 08:00 to Mon 2 Mar 2026, 21:00  13 hours", free.With(exit: 0).Lines[0]);
        free.Says("There are more");
        none.With(exit: 3).StartsSaying("No slot");
        none.Says("quiet-nights  OUTSIDE_HOURS");
    }

    private async Task<string> ReserveAsync(string person)
    {
        Ended ended = await server.AskAsync(["reserve", person, .. Email, "--at", "2026-03-02T09:00Z", "--json"]);
        return ReserveResponse.Parser.ParseJson(ended.With(exit: 0).Output).Reservation.ReservationId;
    }

    private static string Text(Google.Protobuf.WellKnownTypes.Timestamp at) => at.ToString().Trim('"');
}
