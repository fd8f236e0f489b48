using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.People;

/// <summary>Times that people name as inconvenient, and zones that they may be in.</summary>
public sealed class QuietTimesTests(FactServer server) : IClassFixture<FactServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task What_is_named_is_kept_and_stops_contact_wherever_the_person_may_be()
    {
        Person known = new()
        {
            Zones = { "America/New_York", "America/Los_Angeles" },
            QuietTimes =
            {
                new PersonQuiet { Times = "daily 12:00-13:00", Channel = "email", Until = "2026-03-02" },
                new PersonQuiet { Times = "sat-sun all", Purpose = "debt", Topic = "cards" },
            },
        };

        UpdatePersonResponse updated = await UpdateAsync(known.Clone());

        Assert.Equal(known, updated.Person);
        Assert.Equal(known, (await GetAsync()).Person);
        Decision newYorksNoon = await AskAsync(17.5);
        Reason reason = Assert.Single(newYorksNoon.Reasons);
        Assert.Equal(("person-quiet", ReasonCode.PersonLimit, At(18)), (reason.Rule, reason.Code, reason.FreeAt));
        Assert.Equal(Verdict.Allow, (await AskAsync(19)).Verdict);
        Assert.Equal(At(21), (await AskAsync(20.5)).NextAllowedAt);
        Assert.Equal(Verdict.Allow, (await AskAsync(24 + 17.5)).Verdict);
    }

    [Fact]
    public async Task The_zone_that_is_known_replaces_candidates_and_they_it_and_one_alone_is_the_zone()
    {
        await UpdateAsync(new() { Zone = "Europe/Rome" });

        Person candidates = (await UpdateAsync(new() { Zones = { "Asia/Tokyo", "Asia/Seoul", "Asia/Tokyo" } })).Person;
        Person one = (await UpdateAsync(new() { Zones = { "Asia/Tokyo" } })).Person;
        await UpdateAsync(new() { Zones = { "Asia/Tokyo", "Asia/Seoul" } });
        Person known = (await UpdateAsync(new() { Zone = "Europe/Paris" })).Person;

        Assert.Equal(new Person { Zones = { "Asia/Tokyo", "Asia/Seoul" } }, candidates);
        Assert.Equal(new Person { Zone = "Asia/Tokyo" }, one);
        Assert.Equal(new Person { Zone = "Europe/Paris" }, known);
    }

    [Fact]
    public async Task What_the_mask_names_and_is_not_set_is_forgotten()
    {
        await UpdateAsync(new()
        {
            Country = "US",
            Zones = { "America/New_York", "America/Chicago" },
            QuietTimes = { new PersonQuiet { Times = "sat-sun all" } },
        });

        await UpdateAsync(new(), FieldMask.FromString("zones,quiet_times"));

        Assert.Equal(new Person { Country = "US" }, (await GetAsync()).Person);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_whole()
    {
        Person bad = new()
        {
            Zone = "Europe/Rome",
            Zones = { "Europe/Paris", "Mars/Olympus", "" },
            QuietTimes =
            {
                new PersonQuiet { Times = "weekends" },
                new PersonQuiet { Times = "daily all" },
                new PersonQuiet { Times = "" },
                new PersonQuiet { Times = "mon 25:00-26:00" },
                new PersonQuiet { Times = "mon all", Until = "2026-02-30" },
                new PersonQuiet { Times = "mon all", Channel = "fax", Purpose = "chat", Topic = new string('t', 129) },
            },
        };

        Refusal refusal = await RefusedAsync(bad);

        Assert.Equal(
            [
                "person.quiet_times[0].times LIMIT_INVALID",
                "person.quiet_times[1].times LIMIT_INVALID",
                "person.quiet_times[2].times LIMIT_INVALID",
                "person.quiet_times[3].times LIMIT_INVALID",
                "person.quiet_times[4].until LIMIT_INVALID",
                "person.quiet_times[5].channel CHANNEL_UNKNOWN",
                "person.quiet_times[5].purpose PURPOSE_UNKNOWN",
                "person.quiet_times[5].topic TEXT_TOO_LONG",
                "person.zones FIELD_NOT_ALLOWED",
                "person.zones[1] ZONE_UNKNOWN",
                "person.zones[2] ZONE_UNKNOWN",
            ],
            refusal.Violations.Order(StringComparer.Ordinal));
        Assert.Equal(new Person(), (await GetAsync()).Person);
    }

    [Fact]
    public async Task There_are_so_many_and_no_more()
    {
        string[] zones = [.. NodaTime.DateTimeZoneProviders.Tzdb.Ids.Take(17)];
        PersonQuiet[] quiet =
        [
            .. Enumerable.Range(0, 17).Select(
                static hour => new PersonQuiet { Times = $"mon {hour:D2}:00-{hour:D2}:30" }),
        ];

        Refusal refusal = await RefusedAsync(new() { Zones = { zones }, QuietTimes = { quiet } });
        UpdatePersonResponse updated = await UpdateAsync(
            new() { Zones = { zones[..16] }, QuietTimes = { quiet[..16] } });

        Assert.Equal(
            ["person.quiet_times LIMIT_INVALID", "person.zones ZONE_UNKNOWN"],
            refusal.Violations.Order(StringComparer.Ordinal));
        Assert.Equal((16, 16), (updated.Person.Zones.Count, updated.Person.QuietTimes.Count));
    }

    [Fact]
    public async Task A_request_id_stands_for_the_same_times_and_zones()
    {
        UpdatePersonRequest request = new()
        {
            RequestId = NewRequest(),
            Person = new()
            {
                PersonId = person,
                Zones = { "America/New_York", "America/Chicago" },
                QuietTimes = { new PersonQuiet { Times = "sat-sun all" } },
            },
            At = At(9),
        };
        UpdatePersonResponse first = await server.People.UpdatePersonAsync(request, TestServer.Call);
        Assert.Equal(first, await server.People.UpdatePersonAsync(request, TestServer.Call));
        UpdatePersonRequest times = request.Clone();
        times.Person.QuietTimes[0].Times = "sun all";
        UpdatePersonRequest cleared = request.Clone();
        cleared.Person.QuietTimes.Clear();
        UpdatePersonRequest zones = request.Clone();
        zones.Person.Zones[0] = "America/Denver";

        foreach (UpdatePersonRequest other in (UpdatePersonRequest[])[times, cleared, zones])
        {
            Refusal reused = await Refusal.OfAsync(server.People.UpdatePersonAsync(other, TestServer.Call));
            Assert.Equal("REQUEST_ID_REUSED", reused.Reason);
        }
    }

    private async Task<UpdatePersonResponse> UpdateAsync(Person changes, FieldMask? mask = null)
    {
        changes.PersonId = person;
        return await server.People.UpdatePersonAsync(
            new() { Person = changes, UpdateMask = mask, At = At(8) }, TestServer.Call);
    }

    private async Task<Refusal> RefusedAsync(Person changes)
    {
        changes.PersonId = person;
        return await Refusal.OfAsync(
            server.People.UpdatePersonAsync(new() { Person = changes, At = At(8) }, TestServer.Call));
    }

    private async Task<GetPersonResponse> GetAsync() =>
        await server.People.GetPersonAsync(new() { PersonId = person }, TestServer.Call);

    private async Task<Decision> AskAsync(double hours) => (await server.Throttle.CheckAsync(
        new() { Contact = Contact(person), At = At(hours) }, TestServer.Call)).Decision;
}
