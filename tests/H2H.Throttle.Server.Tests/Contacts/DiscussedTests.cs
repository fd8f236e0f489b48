using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Contacts;

/// <summary>What was talked about, which need not be what the contact was placed for.</summary>
public sealed class DiscussedTests(FactServer server) : IClassFixture<FactServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task What_was_talked_about_is_kept_however_it_is_told_and_rules_about_outcomes_go_by_it()
    {
        string id = (await server.Throttle.ReserveAsync(
            new() { Contact = About("card"), At = At(9) }, TestServer.Call)).Reservation.ReservationId;

        ConfirmResponse confirmed = await server.Throttle.ConfirmAsync(
            new() { ReservationId = id, Outcome = "conversation", Discussed = { "loan" }, At = At(9.1) },
            TestServer.Call);

        Assert.Equal(["card"], confirmed.Contact.Contact.Subjects);
        Assert.Equal(["loan"], confirmed.Contact.Discussed);
        Assert.Equal(Verdict.Allow, await AskAsync("card", 10));
        Assert.Equal(Verdict.Deny, await AskAsync("loan", 10));

        ReportOutcomeResponse reported = await server.Throttle.ReportOutcomeAsync(
            new()
            {
                ContactId = id,
                Outcome = new() { Name = "conversation", At = At(9.1) },
                Discussed = { "house", "boat" },
                At = At(11),
            },
            TestServer.Call);

        Assert.Equal(["boat", "house"], reported.Contact.Discussed);
        Assert.Equal(Verdict.Allow, await AskAsync("loan", 12));
        Assert.Equal(Verdict.Deny, await AskAsync("boat", 12));

        ReportOutcomeResponse asBefore = await server.Throttle.ReportOutcomeAsync(
            new() { ContactId = id, Outcome = new() { Name = "converted" }, At = At(13) }, TestServer.Call);

        Assert.Equal(["boat", "house"], asBefore.Contact.Discussed);
        ListContactsResponse listed = await server.People.ListContactsAsync(
            new() { PersonId = person, At = At(14) }, TestServer.Call);
        Assert.Equal(asBefore.Contact, Assert.Single(listed.Contacts));
    }

    [Fact]
    public async Task What_is_recorded_tells_it_too_and_what_it_was_placed_for_is_not_said_twice()
    {
        RecordResponse other = await server.Throttle.RecordAsync(
            new() { Contact = About("card"), Outcome = "conversation", Discussed = { "loan" }, At = At(9) },
            TestServer.Call);
        RecordResponse same = await server.Throttle.RecordAsync(
            new() { Contact = About("car"), Outcome = "conversation", Discussed = { "car" }, At = At(9) },
            TestServer.Call);

        Assert.Equal(["loan"], other.Contact.Discussed);
        Assert.Empty(same.Contact.Discussed);
        Assert.Equal(
            (Verdict.Allow, Verdict.Deny, Verdict.Deny),
            (await AskAsync("card", 10), await AskAsync("loan", 10), await AskAsync("car", 10)));
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        string id = (await server.Throttle.ReserveAsync(
            new() { Contact = About("card"), At = At(9) }, TestServer.Call)).Reservation.ReservationId;
        string[] many = [.. Enumerable.Range(0, 100).Select(static i => $"debt {i}")];

        Refusal confirm = await Refusal.OfAsync(server.Throttle.ConfirmAsync(
            new() { ReservationId = id, Discussed = { "" }, At = At(9.1) }, TestServer.Call));
        Refusal report = await Refusal.OfAsync(server.Throttle.ReportOutcomeAsync(
            new() { ContactId = id, Outcome = new() { Name = "busy" }, Discussed = { many }, At = At(9.1) },
            TestServer.Call));
        Refusal record = await Refusal.OfAsync(server.Throttle.RecordAsync(
            new() { Contact = About("card"), Discussed = { new string('x', 129) }, At = At(9.1) }, TestServer.Call));

        Assert.All(
            [confirm, report, record],
            static refusal => Assert.Equal(
                ("SUBJECTS_OUT_OF_RANGE", "discussed"), (refusal.Reason, refusal.Field)));
    }

    [Fact]
    public async Task A_repeated_request_id_is_for_the_same_talk()
    {
        RecordRequest request = new()
        {
            RequestId = NewRequest(),
            Contact = About("card"),
            Outcome = "conversation",
            Discussed = { "loan" },
            At = At(9),
        };
        RecordResponse first = await server.Throttle.RecordAsync(request, TestServer.Call);
        RecordResponse again = await server.Throttle.RecordAsync(request, TestServer.Call);

        request.Discussed[0] = "car";
        Refusal reused = await Refusal.OfAsync(server.Throttle.RecordAsync(request, TestServer.Call));

        Assert.Equal(first, again);
        Assert.Equal("REQUEST_ID_REUSED", reused.Reason);
    }

    private Contact About(string subject)
    {
        Contact contact = Contact(person);
        contact.Purpose = "debt";
        contact.Subjects.Add(subject);
        return contact;
    }

    private async Task<Verdict> AskAsync(string subject, double hours) => (await server.Throttle.CheckAsync(
        new() { Contact = About(subject), At = At(hours) }, TestServer.Call)).Decision.Verdict;
}
