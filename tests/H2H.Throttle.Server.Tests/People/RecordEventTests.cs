using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.People;

/// <summary>What happened that is no contact: texts answer messages, and nobody is bothered about a return.</summary>
public sealed class RecordEventTests(FactServer server) : IClassFixture<FactServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task What_a_rule_needs_lets_through_for_as_long_as_the_rule_says()
    {
        Assert.Equal(ReasonCode.NeedMissing, Assert.Single((await TextAsync(9)).Reasons).Code);

        await server.People.RecordEventAsync(
            new() { PersonId = person, Name = "inbound_message", HappenedAt = At(8), Channel = "sms", At = At(9) },
            TestServer.Call);

        Assert.Equal(Verdict.Allow, (await TextAsync(9)).Verdict);
        Assert.Equal(Verdict.Deny, (await TextAsync(8 + 24)).Verdict);
    }

    [Fact]
    public async Task What_a_rule_is_silent_after_goes_by_the_subject()
    {
        await server.People.RecordEventAsync(
            new()
            {
                PersonId = person,
                Name = "returned",
                Purpose = "marketing",
                Topic = "offers",
                Brand = "north",
                Subjects = { "order 5" },
                Source = "warehouse",
                At = At(9),
            },
            TestServer.Call);

        Decision about = await MailAsync("order 5", 10);
        Assert.Equal(("returned", At(9 + 48)), (Assert.Single(about.Reasons).Rule, about.NextAllowedAt));
        Assert.Equal(Verdict.Allow, (await MailAsync("order 6", 10)).Verdict);
    }

    [Theory]
    [InlineData("weather", "EVENT_UNKNOWN")]
    [InlineData("opt_out", "FIELD_NOT_ALLOWED")]
    [InlineData("opt_in", "FIELD_NOT_ALLOWED")]
    [InlineData("consent_given", "FIELD_NOT_ALLOWED")]
    [InlineData("consent_revoked", "FIELD_NOT_ALLOWED")]
    public async Task What_is_no_event_or_has_a_call_of_its_own_is_refused(string name, string reason)
    {
        Refusal refusal = await Refusal.OfAsync(server.People.RecordEventAsync(
            new() { PersonId = person, Name = name, At = At(9) }, TestServer.Call));

        Assert.Equal((StatusCode.InvalidArgument, reason, "name"), (refusal.Code, refusal.Reason, refusal.Field));
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_all_that_is_wrong()
    {
        RecordEventRequest request = new()
        {
            HappenedAt = At(9.1),
            Channel = "fax",
            Purpose = "chat",
            Topic = new string('t', 129),
            Brand = new string('b', 129),
            Subjects = { "" },
            Source = new string('s', 129),
            At = At(9),
        };

        Refusal refusal = await Refusal.OfAsync(server.People.RecordEventAsync(request, TestServer.Call));
        Refusal late = await Refusal.OfAsync(server.People.RecordEventAsync(
            new() { PersonId = person, Name = "purchase", HappenedAt = At(-24 * 401), At = At(9) }, TestServer.Call));

        Assert.Equal(
            [
                "brand TEXT_TOO_LONG",
                "channel CHANNEL_UNKNOWN",
                "happened_at TIME_OUT_OF_RANGE",
                "name ID_EMPTY",
                "person_id ID_EMPTY",
                "purpose PURPOSE_UNKNOWN",
                "source TEXT_TOO_LONG",
                "subjects SUBJECTS_OUT_OF_RANGE",
                "topic TEXT_TOO_LONG",
            ],
            refusal.Violations.Order(StringComparer.Ordinal));
        Assert.Equal(("TIME_OUT_OF_RANGE", "happened_at"), (late.Reason, late.Field));
    }

    [Fact]
    public async Task A_repeated_request_id_is_no_error_and_another_content_is_refused()
    {
        RecordEventRequest request = new()
        {
            RequestId = NewRequest(), PersonId = person, Name = "returned", Subjects = { "order 5" }, At = At(9),
        };
        await server.People.RecordEventAsync(request, TestServer.Call);
        request.At = At(20);
        await server.People.RecordEventAsync(request, TestServer.Call);

        request.Subjects[0] = "order 6";
        Refusal reused = await Refusal.OfAsync(server.People.RecordEventAsync(request, TestServer.Call));

        Assert.Equal("REQUEST_ID_REUSED", reused.Reason);
        Assert.Equal(At(9 + 48), (await MailAsync("order 5", 21)).NextAllowedAt);
    }

    private async Task<Decision> TextAsync(double hours) => (await server.Throttle.CheckAsync(
        new() { Contact = Contact(person, "sms"), At = At(hours) }, TestServer.Call)).Decision;

    private async Task<Decision> MailAsync(string subject, double hours)
    {
        Contact contact = Contact(person);
        contact.Subjects.Add(subject);
        return (await server.Throttle.CheckAsync(
            new() { Contact = contact, At = At(hours) }, TestServer.Call)).Decision;
    }
}
