using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.Consent;

public sealed class ConsentCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static readonly string[] Email = ["--channel", "email", "--purpose", "marketing"];

    [Fact]
    public async Task A_no_is_in_force_at_once_and_takes_back_what_is_reserved()
    {
        Ended reserved = await server.AskAsync(["reserve", "no", .. Email, "--json"]);
        string reservation = ReserveResponse.Parser.ParseJson(reserved.Output).Reservation.ReservationId;

        Ended no = await server.AskAsync("opt-out", "no", "--channel", "email", "--source", "sms STOP");
        Ended check = await server.AskAsync(["check", "no", .. Email]);
        Ended confirm = await server.AskAsync("confirm", reservation);

        no.With(exit: 0).StartsSaying("Opted out of email.\n");
        no.Says($"revoked  {reservation}");
        no.Says("(sms STOP)");
        check.With(exit: 3).Says("next allowed  never");
        check.Says("opt-out  OPTED_OUT");
        confirm.With(exit: 0).Says("It was revoked");
    }

    [Fact]
    public async Task A_message_does_what_it_says_and_tells_what_to_answer()
    {
        Ended stop = await server.AskAsync(
            "inbound", "texting", "Please STOP!", "--channel", "sms", "--brand", "North", "--language", "it");
        Ended again = await server.AskAsync("inbound", "texting", "stop", "--channel", "sms");
        Ended unclear = await server.AskAsync("inbound", "texting", "don't stop", "--channel", "sms");
        Ended start = await server.AskAsync("inbound", "texting", "START", "--channel", "sms");
        Ended wrong = await server.AskAsync("inbound", "texting", "stop", "--channel", "sms", "--reach", "far");

        stop.With(exit: 0).StartsSaying("Opted out of sms.\n  answer once  North: La tua iscrizione");
        again.With(exit: 0).Says("answer nothing");
        unclear.With(exit: 0).StartsSaying("Unclear: it says stop and more. Somebody should read it.\n");
        start.With(exit: 0).StartsSaying("Opted in to sms.\n");
        wrong.With(exit: 2).Complains("--reach is channel, channel-of-brand, brand or everything.");
    }

    [Fact]
    public async Task A_link_is_two_headers_for_a_mail_or_the_address_of_a_page()
    {
        Ended headers = await server.AskAsync("link", "linked", "--channel", "email", "--brand", "north");
        Ended page = await server.AskAsync("link", "linked", "--page");
        Ended both = await server.AskAsync("link", "linked", "--page", "--channel", "email");

        Assert.Equal(2, headers.With(exit: 0).Lines.Length);
        headers.StartsSaying("List-Unsubscribe: <http://");
        headers.Says("/u/");
        headers.Says("\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n");
        headers.Complains("Mail programs want https");
        Assert.Contains("/me/", Assert.Single(page.With(exit: 0).Lines), StringComparison.Ordinal);
        both.With(exit: 2).Complains("A page is about everything");
    }

    [Fact]
    public async Task What_was_said_is_told_in_the_order_in_which_it_was_said()
    {
        (await server.AskAsync("opt-out", "changing", "--brand", "north", "--source", "hotline")).With(exit: 0);
        (await server.AskAsync("opt-in", "changing")).With(exit: 0);

        Ended said = await server.AskAsync("consent", "changing");

        said.With(exit: 0).StartsSaying("  Nothing is opted out of or snoozed.\nSaid, oldest first\n");
        said.Says("opted out  everything by north  (hotline)  by local through h2h OptOut\n");
        said.Says("opted in   everything  by local through h2h OptIn\n");
    }

    [Fact]
    public async Task A_yes_frees_what_it_covers()
    {
        (await server.AskAsync("opt-out", "yes")).With(exit: 0);

        Ended part = await server.AskAsync("opt-in", "yes", "--channel", "email", "--purpose", "marketing");
        (await server.AskAsync(["check", "yes", .. Email])).With(exit: 0);
        Ended said = await server.AskAsync("consent", "yes");
        Ended whole = await server.AskAsync("opt-in", "yes", "--request-id", "w", "--source", "call");

        part.With(exit: 0).StartsSaying("Opted in to email marketing; opt-outs lifted whole: 0.\n");
        said.With(exit: 0).Says("opted out  everything");
        said.Says("opted in   email marketing");
        whole.With(exit: 0).Says("opt-outs lifted whole: 1");
        whole.Says("Nothing is opted out of");
    }

    [Fact]
    public async Task A_snooze_ends_when_it_says_or_when_the_person_wakes()
    {
        string[] at = ["--at", "2026-03-02T09:00Z"];
        Ended snoozed = await server.AskAsync(
        [
            "snooze", "tired", "--topic", "offers", "--until", "2026-03-09T00:00+01:00", "--times-in", "Europe/Rome",
            .. at,
        ]);
        Ended denied = await server.AskAsync(["check", "tired", .. Email, "--topic", "offers", .. at]);

        Ended awake = await server.AskAsync(["snooze", "tired", "--wake", "--topic", "offers", .. at]);

        snoozed.With(exit: 0).StartsSaying(
            "Snoozed everything about offers until Mon 9 Mar 2026, 00:00 Europe/Rome.\n");
        denied.With(exit: 3).Says("next allowed  Sun 8 Mar 2026, 23:00 UTC");
        awake.With(exit: 0).StartsSaying("Awake to everything about offers.\n");
        (await server.AskAsync(["check", "tired", .. Email, "--topic", "offers", .. at])).With(exit: 0);
    }

    [Fact]
    public async Task A_consent_is_shown_as_it_was_given_and_as_it_ended()
    {
        Ended granted = await server.AskAsync(
            "grant-consent", "agreed", "calls", "--channel", "phone", "--starts-at", "2026-03-02T08:00Z", "--until",
            "2026-04-02T08:00Z", "--ends-on", "conversation", "--ends-on", "refused", "--proof", "form 17", "--source",
            "shop", "--request-id", "g", "--at", "2026-03-02T09:00Z");
        Ended part = await server.AskAsync(
            "revoke-consent", "agreed", "calls", "--topic", "cars", "--source", "call", "--at", "2026-03-03T09:00Z");
        Ended all = await server.AskAsync(
            "revoke-consent", "agreed", "calls", "--at", "2026-03-04T09:00Z", "--json");

        granted.With(exit: 0).StartsSaying("Agreed to calls for phone.\n");
        granted.Says(
            "agreed     calls for phone  since Mon 2 Mar 2026, 08:00 UTC  until Thu 2 Apr 2026, 08:00 UTC  (form 17)");
        part.With(exit: 0).StartsSaying("Revoked calls for everything about cars.\n");
        part.Says("not now    calls for phone");
        part.Says("until Tue 3 Mar 2026, 09:00 UTC by consent_revoked");
        part.Says("except everything about cars");
        RevokeConsentResponse answer = RevokeConsentResponse.Parser.ParseJson(all.With(exit: 0).Output);
        Assert.All(answer.Consent.Given, static given => Assert.False(given.InForce));
        Assert.Equal(["conversation", "refused"], answer.Consent.Given[0].EndsOn);
        Assert.Equal(
            ("form 17", "shop"), (answer.Consent.Given[0].Proof, answer.Consent.Given[0].Source));
    }

    [Fact]
    public async Task A_consent_that_ends_on_what_cannot_happen_is_refused_with_the_mend()
    {
        Ended refused = await server.AskAsync("grant-consent", "agreed", "calls", "--ends-on", "weather");

        Assert.NotEqual(0, refused.Exit);
        refused.Complains("ends_on[0] is neither an outcome nor an event");
    }

    [Fact]
    public async Task As_json_the_answers_are_those_of_the_protos()
    {
        Ended no = await server.AskAsync("opt-out", "json", "--purpose", "marketing", "--topic", "news", "--json");
        Ended said = await server.AskAsync("consent", "json", "--json");

        OptOutResponse answer = OptOutResponse.Parser.ParseJson(no.With(exit: 0).Output);
        Assert.Equal(
            new ConsentScope { Purpose = "marketing", Topic = "news" }, Assert.Single(answer.Consent.OptOuts).Scope);
        Assert.Equal(answer.Consent, GetConsentResponse.Parser.ParseJson(said.With(exit: 0).Output).Consent);
    }
}
