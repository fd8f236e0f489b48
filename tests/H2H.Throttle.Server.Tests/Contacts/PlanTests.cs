using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Contacts;

public sealed class PlanTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task The_most_important_comes_first_and_all_can_be_reserved_as_planned()
    {
        await server.Throttle.RecordAsync(Record(person, At(9)), TestServer.Call);
        PlanContactsRequest request = Request((0, "email"), (50, "phone"), (90, "email"), (50, "sms"));

        PlanContactsResponse plan = await server.Throttle.PlanContactsAsync(request, TestServer.Call);

        Assert.Equal([2, 1, 3, 0], plan.Contacts.Select(static one => one.Index));
        Assert.Equal(
            [At(10), At(10), At(33), At(34)],
            plan.Contacts.Select(static one => one.PlannedAt));
        foreach (PlannedContact planned in plan.Contacts)
        {
            Contact contact = request.Contacts[planned.Index].Clone();
            contact.PlannedAt = planned.PlannedAt;
            ReserveResponse reserved = await server.Throttle.ReserveAsync(
                new() { Contact = contact, At = At(10) }, TestServer.Call);
            Assert.Equal(Verdict.Allow, reserved.Decision.Verdict);
        }
    }

    [Fact]
    public async Task What_does_not_fit_says_why_and_when_it_would()
    {
        PlanContactsRequest request = Request((1, "email"), (1, "email"), (1, "email"), (1, "email"));
        request.Until = At(20);

        PlanContactsResponse plan = await server.Throttle.PlanContactsAsync(request, TestServer.Call);

        PlannedContact last = plan.Contacts[^1];
        Assert.Equal(3, last.Index);
        Assert.Null(last.PlannedAt);
        Assert.Equal(TestPolicy.Rule, Assert.Single(last.Decision.Reasons).Rule);
        Assert.Equal(At(34), last.Decision.NextAllowedAt);
        Assert.All(plan.Contacts.SkipLast(1), static one => Assert.Null(one.Decision));
    }

    /// <summary>There is room for three of twelve; the topics, by which people opt out, make each another.</summary>
    [Fact]
    public async Task A_search_that_ends_at_its_bound_says_so()
    {
        PlanContactsRequest many = Request([.. Enumerable.Range(0, 12).Select(static i => (i, "email"))]);
        PlanContactsRequest few = Request([.. Enumerable.Range(0, 4).Select(static i => (i, "email"))]);
        many.Until = few.Until = At(20);
        foreach (Contact contact in many.Contacts)
        {
            contact.Topic = $"topic-{contact.Priority}";
        }


        PlanContactsResponse cut = await server.Throttle.PlanContactsAsync(many, TestServer.Call);
        PlanContactsResponse whole = await server.Throttle.PlanContactsAsync(few, TestServer.Call);

        Assert.True(cut.CutShort);
        Assert.Equal(
            [11, 10, 9], cut.Contacts.Where(static one => one.Decision is null).Select(static one => one.Index));
        Assert.False(whole.CutShort);
        Assert.Equal([3, 2, 1, 0], whole.Contacts.Select(static one => one.Index));
    }

    [Fact]
    public async Task Planning_reserves_nothing()
    {
        await server.Throttle.PlanContactsAsync(Request((1, "email")), TestServer.Call);

        ListContactsResponse list = await server.People.ListContactsAsync(
            new() { PersonId = person, At = At(10) }, TestServer.Call);
        Assert.Empty(list.Contacts);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public Task A_number_of_contacts_out_of_range_is_refused(int count) => RefusedAsync(
        Request([.. Enumerable.Repeat((1, "email"), count)]), "CONTACTS_OUT_OF_RANGE", "contacts");

    [Fact]
    public async Task Contacts_of_several_people_are_refused()
    {
        PlanContactsRequest request = Request((1, "email"), (1, "email"));
        request.Contacts[1].PersonId = NewPerson();

        await RefusedAsync(request, "PEOPLE_DIFFER", "contacts[1].person_id");
    }

    [Fact]
    public async Task What_is_wrong_with_one_is_told_with_its_place()
    {
        PlanContactsRequest unknown = Request((1, "email"), (1, "fax"));
        PlanContactsRequest planned = Request((1, "email"));
        planned.Contacts[0].PlannedAt = At(11);
        PlanContactsRequest received = Request((1, "email"));
        received.Contacts[0].Direction = Direction.In;
        PlanContactsRequest late = Request((1, "email"));
        late.Until = At(9);

        await RefusedAsync(unknown, "CHANNEL_UNKNOWN", "contacts[1].channel");
        await RefusedAsync(planned, "FIELD_NOT_ALLOWED", "contacts[0].planned_at");
        await RefusedAsync(received, "FIELD_NOT_ALLOWED", "contacts[0].direction");
        await RefusedAsync(late, "TIME_OUT_OF_RANGE", "until");
    }

    private Task RefusedAsync(PlanContactsRequest request, string reason, string field) =>
        new Witness(server, person).RefusedAsync(
            () => server.Throttle.PlanContactsAsync(request, TestServer.Call), reason, field);

    private PlanContactsRequest Request(params (int Priority, string Channel)[] contacts)
    {
        PlanContactsRequest request = new() { At = At(10) };
        foreach ((int priority, string channel) in contacts)
        {
            Contact contact = Contact(person, channel);
            contact.Priority = priority;
            request.Contacts.Add(contact);
        }

        return request;
    }
}
