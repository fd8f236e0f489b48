using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Batches;

public sealed class BatchTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private const int ItemsMax = 1000;

    private readonly string person = NewPerson();

    [Fact]
    public async Task Contacts_of_one_person_are_counted_in_order_wherever_they_stand()
    {
        BatchReserveRequest batch = new();
        for (int i = 0; i < 5; i++)
        {
            batch.Items.Add(Item($"a{i}", Contact(person)));
            batch.Items.Add(Item($"b{i}", Contact(NewPerson())));
        }

        BatchReserveResponse answer = await server.Throttle.BatchReserveAsync(batch, TestServer.Call);

        Assert.Equal(batch.Items.Select(static one => one.CorrelationId), Ids(answer));
        Assert.Equal("a0 a1 a2 b0 b1 b2 b3 b4", string.Join(' ', answer.Results
            .Where(static one => one.Decision.Verdict is Verdict.Allow)
            .Select(static one => one.CorrelationId).Order(StringComparer.Ordinal)));
        Assert.All(answer.Results, static one =>
            Assert.Equal(one.Decision.Verdict is Verdict.Allow, one.Reservation is not null));
        Assert.Equal(TestPolicy.Cap, (await ContactsAsync()).Count);
    }

    [Fact]
    public async Task What_is_wrong_with_one_item_leaves_the_others_alone()
    {
        BatchReserveRequest batch = new();
        batch.Items.Add(Item("unknown channel", Contact(person, "fax")));
        batch.Items.Add(Item("good", Contact(person)));
        batch.Items.Add(new ReserveItem { CorrelationId = "no contact" });
        batch.Items.Add(Item(new string('x', 129), Contact(person)));
        batch.Items.Add(Item("two mistakes", new Contact { PersonId = person }));

        BatchReserveResponse answer = await server.Throttle.BatchReserveAsync(batch, TestServer.Call);

        Assert.Equal(
            [
                ((int)StatusCode.InvalidArgument, ErrorReason.ChannelUnknown, "contact.channel", 1),
                ((int)StatusCode.InvalidArgument, ErrorReason.FieldMissing, "contact", 1),
                ((int)StatusCode.InvalidArgument, ErrorReason.IdTooLong, "correlation_id", 1),
                ((int)StatusCode.InvalidArgument, ErrorReason.ChannelUnknown, "contact.channel", 2),
            ],
            answer.Results.Where(static one => one.Error is not null).Select(static one =>
                (one.Error.Code, one.Error.Reason, one.Error.Field, one.Error.Violations.Count)));
        Assert.Equal(Verdict.Allow, answer.Results[1].Decision.Verdict);
        Assert.Single(await ContactsAsync());
        Assert.DoesNotContain(
            person, string.Concat(answer.Results.Select(static one => one.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_is_as_safe_to_repeat_as_a_call_of_its_own()
    {
        ReserveItem item = Item("first", Contact(person));
        item.RequestId = NewRequest();
        ReserveItem other = item.Clone();
        other.CorrelationId = "other";
        other.Contact.Channel = "sms";
        ReserveItem again = item.Clone();
        again.CorrelationId = "again";
        BatchReserveRequest batch = new() { Items = { item, other, again } };

        BatchReserveResponse first = await server.Throttle.BatchReserveAsync(batch, TestServer.Call);
        BatchReserveResponse second = await server.Throttle.BatchReserveAsync(batch, TestServer.Call);
        ReserveResponse alone = await server.Throttle.ReserveAsync(
            new() { RequestId = item.RequestId, Contact = item.Contact, At = item.At }, TestServer.Call);

        Assert.Equal(first, second);
        Assert.Equal(first.Results[0].Decision, first.Results[2].Decision);
        Assert.Equal(first.Results[0].Reservation, first.Results[2].Reservation);
        Assert.Equal(first.Results[0].Decision, alone.Decision);
        Assert.Equal(first.Results[0].Reservation, alone.Reservation);
        Assert.Equal(ErrorReason.RequestIdReused, first.Results[1].Error.Reason);
        Assert.Equal((int)StatusCode.AlreadyExists, first.Results[1].Error.Code);
        Assert.Single(await ContactsAsync());
    }

    [Fact]
    public async Task A_denial_is_remembered_as_well()
    {
        BatchReserveRequest batch = new();
        for (int i = 0; i <= TestPolicy.Cap; i++)
        {
            ReserveItem item = Item($"{i}", Contact(person));
            item.RequestId = NewRequest();
            batch.Items.Add(item);
        }

        BatchReserveResponse first = await server.Throttle.BatchReserveAsync(batch, TestServer.Call);
        await server.Throttle.ReleaseAsync(
            new() { ReservationId = first.Results[0].Reservation.ReservationId, At = At(9) }, TestServer.Call);
        BatchReserveResponse second = await server.Throttle.BatchReserveAsync(batch, TestServer.Call);

        Assert.Equal(Verdict.Deny, second.Results[TestPolicy.Cap].Decision.Verdict);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Checks_are_each_judged_alone_and_change_nothing()
    {
        BatchCheckRequest batch = new();
        for (int i = 0; i < 5; i++)
        {
            batch.Items.Add(new CheckItem { CorrelationId = $"{i}", Contact = Contact(person), At = At(9) });
        }

        BatchCheckResponse answer = await server.Throttle.BatchCheckAsync(batch, TestServer.Call);

        Assert.Equal(["0", "1", "2", "3", "4"], answer.Results.Select(static one => one.CorrelationId));
        Assert.All(answer.Results, static one => Assert.Equal(Verdict.Allow, one.Decision.Verdict));
        Assert.Empty(await ContactsAsync());
    }

    [Fact]
    public async Task A_full_batch_is_answered_whole()
    {
        BatchReserveRequest batch = new();
        batch.Items.AddRange(Enumerable.Range(0, ItemsMax).Select(i => Item($"{i}", Contact($"{person} {i / 2}"))));

        BatchReserveResponse answer = await server.Throttle.BatchReserveAsync(batch, TestServer.Call);

        Assert.Equal(batch.Items.Select(static one => one.CorrelationId), Ids(answer));
        Assert.All(answer.Results, static one => Assert.Equal(Verdict.Allow, one.Decision.Verdict));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ItemsMax + 1)]
    public async Task A_number_of_items_out_of_range_is_refused(int count)
    {
        BatchReserveRequest reserve = new();
        reserve.Items.AddRange(Enumerable.Repeat(Item("", Contact(person)), count));
        BatchCheckRequest check = new();
        check.Items.AddRange(Enumerable.Repeat(new CheckItem { Contact = Contact(person), At = At(9) }, count));
        Witness witness = new(server, person);

        await witness.RefusedAsync(
            () => server.Throttle.BatchReserveAsync(reserve, TestServer.Call), "ITEMS_OUT_OF_RANGE", "items");
        await witness.RefusedAsync(
            () => server.Throttle.BatchCheckAsync(check, TestServer.Call), "ITEMS_OUT_OF_RANGE", "items");
    }

    [Fact]
    public async Task Many_batches_at_once_admit_exactly_the_cap_of_everybody()
    {
        string[] people = [.. Enumerable.Range(0, 20).Select(_ => NewPerson())];
        BatchReserveRequest batch = new();
        batch.Items.AddRange(people.SelectMany(static one => new[] { one, one })
            .Select(static one => Item(one, Contact(one))));

        BatchReserveResponse[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
            await server.Throttle.BatchReserveAsync(batch, TestServer.Call)));

        Assert.All(
            answers.SelectMany(static answer => answer.Results).GroupBy(static one => one.CorrelationId),
            static one => Assert.Equal(
                TestPolicy.Cap, one.Count(static result => result.Decision.Verdict is Verdict.Allow)));
    }

    [Fact]
    public async Task By_json_it_is_the_same()
    {
        BatchReserveRequest batch = new() { Items = { Item("a", Contact(person)), Item("b", Contact(person, "fax")) } };

        using HttpResponseMessage response = await server.PostAsync(
            "/h2h.throttle.v1.ThrottleService/BatchReserve", JsonFormatter.Default.Format(batch));
        JsonElement results = (await response.ReadJsonAsync()).GetProperty("results");

        Assert.Equal("VERDICT_ALLOW", results[0].GetProperty("decision").GetProperty("verdict").GetString());
        Assert.Equal(
            "ERROR_REASON_CHANNEL_UNKNOWN", results[1].GetProperty("error").GetProperty("reason").GetString());
    }

    private static ReserveItem Item(string id, Contact contact) =>
        new() { CorrelationId = id, Contact = contact, At = At(9) };

    private static IEnumerable<string> Ids(BatchReserveResponse answer) =>
        answer.Results.Select(static one => one.CorrelationId);

    private async Task<IReadOnlyList<LedgerContact>> ContactsAsync() => (await server.People.ListContactsAsync(
        new() { PersonId = person, At = At(9) }, TestServer.Call)).Contacts;
}
