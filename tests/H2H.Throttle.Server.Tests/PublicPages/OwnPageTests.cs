using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.PublicPages;

public sealed class OwnPageTests(ClockServer server) : IClassFixture<ClockServer>
{
    private const string Hostile = "\"><script>alert(1)</script><img src=x onerror='1'>\u202Eevil";
    private readonly string person = NewPerson();

    [Fact]
    public async Task Who_contacted_the_person_and_who_was_refused_is_told()
    {
        for (int i = 0; i < 5; i++)
        {
            await server.Throttle.ReserveAsync(
                new()
                {
                    RequestId = NewRequest(),
                    Contact = new()
                    {
                        PersonId = person, Channel = "email", Purpose = "marketing", Brand = i < 3 ? "north" : "south",
                        Topic = i < 3 ? "" : "shoes",
                    },
                },
                TestServer.Call);
        }

        (int code, string page) = await server.GetAsync(await server.PageUrlAsync(person));

        Assert.Equal(200, code);
        Assert.Contains("on its way", page, StringComparison.Ordinal);
        string refused = page[page.IndexOf("id=\"refused\"", StringComparison.Ordinal)..];
        Assert.Contains("<bdi>south</bdi>", refused, StringComparison.Ordinal);
        Assert.Contains("about <bdi>shoes</bdi>", refused, StringComparison.Ordinal);
        Assert.Contains("2 times", refused, StringComparison.Ordinal);
        Assert.Contains("name=\"topic\" value=\"shoes\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<bdi>north</bdi>", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_switched_off_is_off_and_can_be_switched_on_again()
    {
        string url = await server.PageUrlAsync(person);

        await server.PostAsync(url, ("do", "off"), ("channel", "email"));
        await server.PostAsync(url, ("do", "off"), ("brand", "north"));
        GetConsentResponse off = await server.ConsentAsync(person);
        await server.PostAsync(url, ("do", "on"), ("channel", "email"));
        GetConsentResponse on = await server.ConsentAsync(person);

        Assert.Equal(["email", ""], off.Consent.OptOuts.Select(static no => no.Scope.Channel));
        Assert.Equal("north", Assert.Single(on.Consent.OptOuts).Scope.Brand);
        Assert.Equal(("own page", "person", "page"), (on.History[0].Source, on.History[0].By, on.History[0].Through));
    }

    [Fact]
    public async Task Stopping_pausing_and_coming_back_hold_at_once()
    {
        string url = await server.PageUrlAsync(person);

        await server.PostAsync(url, ("do", "pause"));
        ReasonCode paused = await RefusalAsync();
        await server.PostAsync(url, ("do", "wake"));
        ReasonCode awake = await RefusalAsync();
        await server.PostAsync(url, ("do", "stop"));
        ReasonCode stopped = await RefusalAsync();
        await server.PostAsync(url, ("do", "back"));
        ReasonCode back = await RefusalAsync();

        Assert.Equal(
            (ReasonCode.Snoozed, ReasonCode.Unspecified, ReasonCode.OptedOut, ReasonCode.Unspecified),
            (paused, awake, stopped, back));
    }

    [Fact]
    public async Task How_often_and_when_not_replace_what_the_page_set_and_nothing_else()
    {
        string url = await server.PageUrlAsync(person);
        UpdatePersonRequest known = new() { Person = new() { PersonId = person } };
        known.Person.Limits.Add(new PersonLimit { Cap = 2, Window = "lifetime", Channel = "sms" });
        known.Person.QuietTimes.Add(new PersonQuiet { Times = "sun all" });
        known.Person.QuietTimes.Add(new PersonQuiet { Times = "mon all", Channel = "phone" });
        await server.People.UpdatePersonAsync(known, TestServer.Call);

        await server.PostAsync(url, ("do", "often"), ("often", "week"));
        await server.PostAsync(url, ("do", "often"), ("often", "month"));
        await server.PostAsync(url, ("do", "quiet"), ("from", "22"), ("to", "8"));
        Person set = (await server.People.GetPersonAsync(new() { PersonId = person }, TestServer.Call)).Person;
        (_, string page) = await server.GetAsync(url);
        await server.PostAsync(url, ("do", "often"), ("often", "any"));
        await server.PostAsync(url, ("do", "quiet"), ("from", ""), ("to", "8"));
        Person unset = (await server.People.GetPersonAsync(new() { PersonId = person }, TestServer.Call)).Person;

        Assert.Equal(["lifetime", "calendar month"], set.Limits.Select(static limit => limit.Window));
        Assert.Equal(["mon all", "daily 22:00-08:00"], set.QuietTimes.Select(static quiet => quiet.Times));
        Assert.Contains("value=\"month\" checked", page, StringComparison.Ordinal);
        Assert.Contains("value=\"22\" selected", page, StringComparison.Ordinal);
        Assert.Equal("lifetime", Assert.Single(unset.Limits).Window);
        Assert.Equal("mon all", Assert.Single(unset.QuietTimes).Times);
    }

    [Fact]
    public async Task Limits_and_pauses_of_a_part_are_told_in_the_persons_language()
    {
        Person known = new() { PersonId = person, Zone = "Europe/Rome" };
        known.Limits.Add(new PersonLimit { Cap = 3, Window = "last 7 days" });
        known.Limits.Add(new PersonLimit { Cap = 2, Window = "calendar week", Channel = "sms" });
        known.QuietTimes.Add(new PersonQuiet { Times = "mon-fri 12:00-14:00", Channel = "phone" });
        await server.People.UpdatePersonAsync(new() { Person = known }, TestServer.Call);
        await server.Consent.SnoozeAsync(
            new()
            {
                PersonId = person,
                Scope = new() { Channel = "phone" },
                Until = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(9)),
            },
            TestServer.Call);
        string url = await server.PageUrlAsync(person);

        (_, string italian) = await server.GetAsync($"{url}?lang=it");
        (_, string french) = await server.GetAsync($"{url}?lang=fr");

        Assert.Contains("tutto: al massimo 3 volte in 7 giorni", italian, StringComparison.Ordinal);
        Assert.Contains("<bdi>SMS</bdi>: al massimo 2 volte alla settimana", italian, StringComparison.Ordinal);
        Assert.Contains("<bdi>Telefonata</bdi>: in pausa. Fine della pausa: ", italian, StringComparison.Ordinal);
        Assert.Contains("<bdi>SMS</bdi> : au plus 2 fois par semaine", french, StringComparison.Ordinal);
        Assert.Contains("<bdi>Appel téléphonique</bdi> : en pause jusqu’au ", french, StringComparison.Ordinal);
        Assert.Contains(
            "<bdi>Appel téléphonique</bdi> : du lundi au vendredi, de 12:00 à 14:00",
            french,
            StringComparison.Ordinal);
        Assert.Contains(
            "aria-labelledby=\"channels-2 channels-2-b channels-2-u\"", italian, StringComparison.Ordinal);
        Assert.Contains("id=\"channels-2-u\">fine della pausa: ", italian, StringComparison.Ordinal);
        Assert.Contains(">En pause</button>", french, StringComparison.Ordinal);
        Assert.Contains(
            "Quanto spesso (<bdi>SMS</bdi>): al massimo 2 volte alla settimana", italian, StringComparison.Ordinal);
        Assert.Contains(
            "Heures calmes (<bdi>Appel téléphonique</bdi>) : du lundi au vendredi", french, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consent_can_be_withdrawn()
    {
        await server.Consent.GrantConsentAsync(new() { PersonId = person, Name = "calls" }, TestServer.Call);
        string url = await server.PageUrlAsync(person);
        (_, string before) = await server.GetAsync(url);

        await server.PostAsync(url, ("do", "withdraw"), ("consent", "calls"));

        Assert.Contains("name=\"consent\" value=\"calls\"", before, StringComparison.Ordinal);
        Assert.False(Assert.Single((await server.ConsentAsync(person)).Consent.Given).InForce);
    }

    [Theory]
    [InlineData("do=")]
    [InlineData("do=off")]
    [InlineData("do=off&channel=")]
    [InlineData("do=often&often=never")]
    [InlineData("do=quiet&from=25&to=3")]
    [InlineData("do=quiet&from=3&to=3")]
    [InlineData("do=quiet&from=-1&to=+3")]
    [InlineData("do=erase")]
    [InlineData("do=withdraw")]
    [InlineData("")]
    public async Task What_the_page_does_not_offer_does_nothing(string form)
    {
        string url = await server.PageUrlAsync(person);
        (string, string)[] fields =
            [.. form.Split('&').Select(static field => field.Split('=')).Select(static f => (f[0], f[^1]))];

        (int code, string page) = await server.PostAsync(url, fields);

        Assert.Equal(200, code);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Empty((await server.ConsentAsync(person)).History);
    }

    [Fact]
    public async Task A_post_is_answered_by_sending_back_to_the_page()
    {
        string url = await server.PageUrlAsync(person);
        using HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false, CheckCertificateRevocationList = true,
        };
        using HttpClient http = new(handler);
        using FormUrlEncodedContent form = new([KeyValuePair.Create("do", "stop")]);

        using HttpResponseMessage response = await http.PostAsync(
            new Uri(url + "?lang=it"), form, TestContext.Current.CancellationToken);

        Assert.Equal(303, (int)response.StatusCode);
        Assert.Equal("?lang=it&done=stop", response.Headers.Location?.OriginalString);
        (_, string page) = await server.GetAsync(url + "?lang=it&done=stop");
        Assert.Contains("role=\"status\">Tutto è fermo. Vale da ora.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_callers_give_are_text_whatever_they_hold()
    {
        await server.Throttle.ReserveAsync(
            new()
            {
                Contact = new()
                {
                    PersonId = person, Channel = "email", Purpose = "marketing",
                    Brand = Hostile[..^5].Replace("\u202E", "", StringComparison.Ordinal), Topic = "</title><b>\"",
                },
            },
            TestServer.Call);
        await server.Consent.OptOutAsync(
            new() { PersonId = person, Scope = new() { Brand = Hostile, Topic = "'\"<i>" }, Source = Hostile },
            TestServer.Call);

        foreach (string language in new[] { "en", "it", "de", "fr" })
        {
            string url = await server.PageUrlAsync(person);
            (_, string page) = await server.GetAsync($"{url}?lang={language}&done={Hostile}");

            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<b>", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<i>", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        }
    }

    private async Task<ReasonCode> RefusalAsync()
    {
        CheckResponse check = await server.Throttle.CheckAsync(
            new() { Contact = new() { PersonId = person, Channel = "email", Purpose = "marketing" } }, TestServer.Call);
        return check.Decision.Reasons.FirstOrDefault()?.Code ?? ReasonCode.Unspecified;
    }
}
