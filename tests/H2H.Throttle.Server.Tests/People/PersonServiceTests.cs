using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.People;

public sealed class PersonServiceTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task Of_somebody_never_heard_of_nothing_is_known()
    {
        GetPersonResponse nobody = await server.People.GetPersonAsync(new() { PersonId = person }, TestServer.Call);

        Assert.Equal(new Person(), nobody.Person);
    }

    [Fact]
    public async Task What_is_known_is_kept_except_the_id()
    {
        Person known = Rich();

        UpdatePersonResponse updated = await UpdateAsync(known, null);

        known.PersonId = "";
        Assert.Equal(known, updated.Person);
        Assert.Equal(known, (await GetAsync()).Person);
    }

    [Fact]
    public async Task Only_what_the_mask_names_changes_and_what_is_named_but_empty_is_cleared()
    {
        await UpdateAsync(Rich(), null);

        await UpdateAsync(new() { Country = "FR" }, FieldMask.FromString("zone,limits"));

        Person expected = Rich();
        expected.PersonId = "";
        expected.Zone = "";
        expected.Limits.Clear();
        Assert.Equal(expected, (await GetAsync()).Person);
    }

    [Fact]
    public async Task Without_a_mask_only_what_is_set_changes()
    {
        await UpdateAsync(Rich(), null);

        await UpdateAsync(new() { Country = "FR" }, null);

        Person expected = Rich();
        expected.PersonId = "";
        expected.Country = "FR";
        Assert.Equal(expected, (await GetAsync()).Person);
    }

    [Fact]
    public async Task A_limit_of_ones_own_is_stricter_than_the_policy()
    {
        await UpdateAsync(new() { Limits = { new PersonLimit { Cap = 1, Window = "calendar week" } } }, null);
        await server.Throttle.ReserveAsync(Reserve(person, At(9)), TestServer.Call);

        ReserveResponse denied = await server.Throttle.ReserveAsync(Reserve(person, At(10)), TestServer.Call);

        Reason reason = Assert.Single(denied.Decision.Reasons);
        Assert.Equal((ReasonCode.PersonLimit, 1, 1), (reason.Code, reason.Used, reason.Limit));
        Assert.Equal(At(7 * 24), denied.Decision.NextAllowedAt);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_whole()
    {
        await UpdateAsync(Rich(), null);
        GetPersonResponse before = await GetAsync();
        Person bad = new()
        {
            PersonId = person,
            Zone = "Europe/Atlantis",
            Country = "XX",
            Attributes = { [""] = "x" },
            Limits =
            {
                new PersonLimit { Cap = 0, Window = "calendar week" },
                new PersonLimit { Cap = 1, Window = "24" },
                new PersonLimit { Cap = 1, Window = "lifetime", Channel = "fax", Purpose = "chat" },
            },
        };

        Refusal refusal = await Refusal.OfAsync(
            server.People.UpdatePersonAsync(new() { Person = bad, At = At(9) }, TestServer.Call));

        Assert.Equal(
            [
                "person.attributes ATTRIBUTES_OUT_OF_RANGE",
                "person.country COUNTRY_UNKNOWN",
                "person.limits[0].cap LIMIT_INVALID",
                "person.limits[1].window LIMIT_INVALID",
                "person.limits[2].channel CHANNEL_UNKNOWN",
                "person.limits[2].purpose PURPOSE_UNKNOWN",
                "person.zone ZONE_UNKNOWN",
            ],
            refusal.Violations.Order(StringComparer.Ordinal));
        Assert.Equal(before, await GetAsync());
    }

    [Fact]
    public async Task A_missing_person_an_empty_id_and_a_mask_of_something_else_are_refused()
    {
        Refusal missing = await Refusal.OfAsync(
            server.People.UpdatePersonAsync(new() { At = At(9) }, TestServer.Call));
        Refusal empty = await Refusal.OfAsync(server.People.GetPersonAsync(new(), TestServer.Call));
        Refusal mask = await Refusal.OfAsync(server.People.UpdatePersonAsync(
            new() { Person = Rich(), UpdateMask = FieldMask.FromString("person_id"), At = At(9) }, TestServer.Call));

        Assert.Equal(("FIELD_MISSING", "person"), (missing.Reason, missing.Field));
        Assert.Equal(("ID_EMPTY", "person_id"), (empty.Reason, empty.Field));
        Assert.Equal(("UPDATE_MASK_INVALID", "update_mask"), (mask.Reason, mask.Field));
        Assert.Equal(new Person(), (await GetAsync()).Person);
    }

    [Theory]
    [InlineData(ContactOrder.Unspecified, false)]
    [InlineData(ContactOrder.NewestFirst, false)]
    [InlineData(ContactOrder.OldestFirst, true)]
    public async Task Contacts_are_listed_page_by_page_without_gap_or_repetition(ContactOrder order, bool oldestFirst)
    {
        const int Contacts = 7;
        for (int i = 0; i < Contacts; i++)
        {
            await server.Throttle.RecordAsync(Record(person, At(i)), TestServer.Call);
        }

        List<Timestamp> listed = [];
        ListContactsRequest request = new() { PersonId = person, PageSize = 3, Order = order, At = At(9) };
        int pages = 0;
        do
        {
            ListContactsResponse page = await server.People.ListContactsAsync(request, TestServer.Call);
            listed.AddRange(page.Contacts.Select(static contact => contact.At));
            request.PageToken = page.NextPageToken;
            pages++;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(3, pages);
        IEnumerable<Timestamp> expected = Enumerable.Range(0, Contacts).Select(static i => At(i));
        Assert.Equal(oldestFirst ? expected : expected.Reverse(), listed);
    }

    [Fact]
    public async Task A_page_of_negative_size_a_foreign_token_and_an_unknown_order_are_refused()
    {
        ListContactsRequest size = new() { PersonId = person, PageSize = -1, At = At(9) };
        ListContactsRequest token = new() { PersonId = person, PageToken = "2", At = At(9) };
        ListContactsRequest order = new() { PersonId = person, Order = (ContactOrder)9, At = At(9) };

        Assert.Equal("page_size PAGE_SIZE_OUT_OF_RANGE", Assert.Single(await ViolationsAsync(size)));
        Assert.Equal("page_token PAGE_TOKEN_INVALID", Assert.Single(await ViolationsAsync(token)));
        Assert.Equal("order ENUM_OUT_OF_RANGE", Assert.Single(await ViolationsAsync(order)));
    }

    private static Person Rich() => new()
    {
        Zone = "Europe/Rome",
        Country = "IT",
        Attributes = { ["tier"] = "gold" },
        Limits =
        {
            new PersonLimit { Cap = 2, Window = "last 7 days", Channel = "email" },
            new PersonLimit { Cap = 9, Window = "lifetime", Purpose = "marketing", Topic = "offers" },
        },
    };

    private async Task<UpdatePersonResponse> UpdateAsync(Person changes, FieldMask? mask)
    {
        changes.PersonId = person;
        return await server.People.UpdatePersonAsync(
            new() { Person = changes, UpdateMask = mask, At = At(8) }, TestServer.Call);
    }

    private async Task<GetPersonResponse> GetAsync() =>
        await server.People.GetPersonAsync(new() { PersonId = person }, TestServer.Call);

    private async Task<IReadOnlyList<string>> ViolationsAsync(ListContactsRequest request) =>
        (await Refusal.OfAsync(server.People.ListContactsAsync(request, TestServer.Call))).Violations;
}
