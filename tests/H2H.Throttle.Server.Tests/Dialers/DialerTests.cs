using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using H2H.Throttle.Server.Tests.Access;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Dialers;

/// <summary>Dialers that know nothing but their own records.</summary>
public sealed class DialerTests(DialerServer server) : IClassFixture<DialerServer>, IAsyncLifetime
{
    private readonly string person = Sample.NewPerson();
    private string key = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => key = await server.KeyAsync(Role.Sender, "north");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Who_may_be_called_is_200_and_counts_who_may_not_is_409_with_the_reason()
    {
        using HttpResponseMessage yes = await AskAsync(Lead("1"));
        using HttpResponseMessage no = await AskAsync(Lead("2"));

        JsonElement allowed = await yes.ReadJsonAsync();
        Assert.Equal((HttpStatusCode.OK, "yes"), (yes.StatusCode, Head(yes, "H2H-Dial")));
        Assert.True(allowed.GetProperty("dial").GetBoolean() && allowed.GetProperty("decided").GetBoolean());
        Assert.Equal(allowed.GetProperty("reservationId").GetString(), Head(yes, "H2H-Reservation-Id"));
        JsonElement denied = await no.ReadJsonAsync();
        Assert.Equal((HttpStatusCode.Conflict, "no"), (no.StatusCode, Head(no, "H2H-Dial")));
        Assert.Equal("CAP_REACHED", Head(no, "H2H-Reason"));
        Assert.Equal("one-call-a-day", denied.GetProperty("rule").GetString());
        Assert.Equal(denied.GetProperty("nextAllowedAt").GetString(), Head(no, "H2H-Next-Allowed-At"));
        Assert.False(denied.GetProperty("dial").GetBoolean());
    }

    [Fact]
    public async Task The_same_record_has_the_same_answer_and_counts_once()
    {
        using HttpResponseMessage first = await AskAsync(Lead("1"));
        using HttpResponseMessage again = await AskAsync(Lead("1"));

        Assert.Equal(await TextAsync(first), await TextAsync(again));
        Assert.Single(await ContactsAsync());
    }

    [Fact]
    public async Task All_that_the_record_says_of_the_contact_is_stored()
    {
        string record = $$"""
            {"lead":{"id":"{{person}}","phone":"+390612345678"},"call_id":"1","rank":7,"debts":["a","b"],
             "list":"spring","purpose":"debt","nothing":null,"useless":{"deep":[1,null]} }
            """;
        using HttpResponseMessage yes = await AskAsync(record);

        Contact contact = Assert.Single(await ContactsAsync()).Contact;
        Assert.Equal(HttpStatusCode.OK, yes.StatusCode);
        Assert.Equal(("phone", "debt", "north"), (contact.Channel, contact.Purpose, contact.Brand));
        Assert.Equal(7, contact.Priority);
        Assert.Equal(["a", "b"], contact.Subjects);
        Assert.Equal("spring", contact.Labels["list"]);
    }

    [Fact]
    public async Task An_outcome_finds_its_contact_by_the_record_and_may_be_corrected()
    {
        using HttpResponseMessage asked = await AskAsync(Lead("1"));
        using HttpResponseMessage told = await TellAsync(Lead("1", "NA"));
        using HttpResponseMessage corrected = await TellAsync(Lead("1", "sale"));

        string? reservation = (await asked.ReadJsonAsync()).GetProperty("reservationId").GetString();
        JsonElement stored = await told.ReadJsonAsync();
        Assert.Equal(reservation, stored.GetProperty("contactId").GetString());
        Assert.Equal("CONFIRMED", stored.GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.OK, corrected.StatusCode);
        LedgerContact contact = Assert.Single(await ContactsAsync());
        Assert.Equal((ContactState.Confirmed, "converted"), (contact.State, contact.Outcome.Name));
    }

    [Fact]
    public async Task A_call_that_was_not_made_gives_its_slot_back()
    {
        using HttpResponseMessage first = await AskAsync(Lead("1"));
        using HttpResponseMessage released = await TellAsync(Lead("1", "NEW"));
        using HttpResponseMessage second = await AskAsync(Lead("2"));
        using HttpResponseMessage nothing = await TellAsync(Lead("3", "NEW"));

        Assert.Equal("RELEASED", (await released.ReadJsonAsync()).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal("{}", await TextAsync(nothing));
    }

    [Fact]
    public async Task A_call_that_nobody_asked_about_is_stored_once_and_counts()
    {
        using HttpResponseMessage told = await TellAsync(Lead("1", "NA"));
        using HttpResponseMessage again = await TellAsync(Lead("1", "SALE"));
        using HttpResponseMessage next = await AskAsync(Lead("2"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (told.StatusCode, again.StatusCode));
        Assert.Equal("converted", Assert.Single(await ContactsAsync()).Outcome.Name);
        Assert.Equal(HttpStatusCode.Conflict, next.StatusCode);
    }

    [Fact]
    public async Task A_call_that_was_made_after_its_slot_was_given_back_is_stored_all_the_same()
    {
        using HttpResponseMessage asked = await AskAsync(Lead("1"));
        using HttpResponseMessage released = await TellAsync(Lead("1", "NEW"));
        using HttpResponseMessage made = await TellAsync(Lead("1", "NA"));
        using HttpResponseMessage corrected = await TellAsync(Lead("1", "SALE"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (made.StatusCode, corrected.StatusCode));
        Assert.Equal("converted", Assert.Single(
            await ContactsAsync(), static contact => contact.State is ContactState.Confirmed).Outcome.Name);
    }

    [Fact]
    public async Task A_dialer_that_only_checks_reserves_nothing_and_may_read_a_no_from_200_and_ask_by_GET()
    {
        string address = $"/dialer/asking?lead_id={person}&attempt=";
        using HttpResponseMessage yes = await SendAsync(HttpMethod.Get, address + 1, null);
        using HttpResponseMessage told = await SendAsync(
            HttpMethod.Get, $"/dialer/asking/outcome?lead_id={person}&attempt=1&status=anything", null);
        using HttpResponseMessage no = await SendAsync(HttpMethod.Get, address + 2, null);

        Assert.False((await yes.ReadJsonAsync()).TryGetProperty("reservationId", out _));
        Assert.Equal("conversation", Assert.Single(await ContactsAsync()).Outcome.Name);
        Assert.Equal((HttpStatusCode.OK, "no"), (no.StatusCode, Head(no, "H2H-Dial")));
    }

    [Fact]
    public async Task A_form_says_the_same_as_JSON_and_the_body_holds_where_the_address_differs()
    {
        using FormUrlEncodedContent form = new(new Dictionary<string, string> { ["lead_id"] = person });
        const string address = "/dialer/asking?lead_id=other&attempt=1";
        using HttpResponseMessage yes = await SendAsync(HttpMethod.Post, address, form);

        Assert.Equal("yes", Head(yes, "H2H-Dial"));
        using HttpResponseMessage told = await SendAsync(
            HttpMethod.Post, "/dialer/asking/outcome?lead_id=other&attempt=1&status=x", new FormUrlEncodedContent(
                new Dictionary<string, string> { ["lead_id"] = person }));
        Assert.Single(await ContactsAsync());
    }

    [Theory]
    [InlineData("""{"call_id":"1"}""", 400, "FIELD_MISSING", "lead.id")]
    [InlineData("""{"lead":{"id":" "},"call_id":"1"}""", 400, "FIELD_MISSING", "lead.id")]
    [InlineData("""{"lead":{"id":"x"},"rank":"high"}""", 400, "BODY_MALFORMED", "rank")]
    [InlineData("""{"lead":{"id":"x"},"purpose":"fun"}""", 400, "PURPOSE_UNKNOWN", "purpose")]
    [InlineData("""{"lead":{"id":"x"},"rank":101}""", 400, "PRIORITY_OUT_OF_RANGE", "rank")]
    [InlineData("""{"lead":{"id":"x"},"brand":"south"}""", 403, "BRAND_NOT_ALLOWED", "brand")]
    [InlineData("""{"lead":""", 400, "BODY_MALFORMED", "")]
    [InlineData("""["x"]""", 400, "BODY_MALFORMED", "")]
    [InlineData("""{"\ud800":"x"}""", 400, "BODY_MALFORMED", "")]
    public async Task What_makes_no_sense_is_a_no_that_names_the_field_as_the_dialer_does(
        string record, int status, string reason, string field)
    {
        using HttpResponseMessage no = await AskAsync(record);

        JsonElement answer = await no.ReadJsonAsync();
        Assert.Equal((status, "no", reason), ((int)no.StatusCode, Head(no, "H2H-Dial"), Head(no, "H2H-Reason")));
        Assert.Equal(field, answer.TryGetProperty("field", out JsonElement at) ? at.GetString() : "");
        Assert.False(answer.GetProperty("dial").GetBoolean());
        Assert.False(answer.GetProperty("decided").GetBoolean());
    }

    [Fact]
    public async Task An_over_long_record_id_is_refused_in_the_words_of_the_dialer()
    {
        using HttpResponseMessage no = await AskAsync(Lead(new string('1', 129)));

        JsonElement answer = await no.ReadJsonAsync();
        Assert.Equal(
            ("ID_TOO_LONG", "call_id"),
            (answer.GetProperty("reason").GetString(), answer.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("FOO", "DISPOSITION_UNKNOWN")]
    [InlineData("", "FIELD_MISSING")]
    public async Task A_disposition_that_no_setting_knows_is_refused_and_the_known_ones_are_named(
        string disposition, string reason)
    {
        using HttpResponseMessage refused = await TellAsync(Lead("1", disposition));

        JsonElement answer = await refused.ReadJsonAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(reason, answer.GetProperty("reason").GetString());
        Assert.Equal("status", answer.GetProperty("field").GetString());
        Assert.False(answer.TryGetProperty("dial", out _));
        Assert.Empty(await ContactsAsync());
    }

    [Fact]
    public async Task A_dialer_that_was_not_set_up_is_404_and_another_method_is_405()
    {
        using HttpResponseMessage unknown = await SendAsync(HttpMethod.Post, "/dialer/other", null);
        using HttpResponseMessage get = await SendAsync(HttpMethod.Get, "/dialer/plain?call_id=1", null);

        Assert.Equal((HttpStatusCode.NotFound, "DIALER_UNKNOWN"), (unknown.StatusCode, Head(unknown, "H2H-Reason")));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.Equal(["POST"], get.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_web_page_is_no_dialer()
    {
        using HttpRequestMessage request = Request(HttpMethod.Post, "/dialer/plain", Json(Lead("1")));
        request.Headers.Add("Origin", "http://localhost:7002");

        using HttpResponseMessage refused = await server.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_key_opens_as_bearer_and_as_the_password_of_a_user_and_nothing_else_does()
    {
        using HttpResponseMessage none = await SendWithAsync(null);
        using HttpResponseMessage wrong = await SendWithAsync(Basic("h2h-nonsense"));
        using HttpResponseMessage bearer = await SendWithAsync(new AuthenticationHeaderValue("Bearer", key));
        using HttpResponseMessage basic = await SendWithAsync(Basic(key));
        using HttpResponseMessage reader = await SendWithAsync(Basic(await server.KeyAsync(Role.Auditor)));

        Assert.Equal((HttpStatusCode.Unauthorized, "CREDENTIALS_MISSING"), (none.StatusCode, Head(none, "H2H-Reason")));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (bearer.StatusCode, basic.StatusCode));
        Assert.Equal((HttpStatusCode.Forbidden, "ROLE_NOT_ALLOWED"), (reader.StatusCode, Head(reader, "H2H-Reason")));

        async Task<HttpResponseMessage> SendWithAsync(AuthenticationHeaderValue? credentials)
        {
            using HttpRequestMessage request = Request(HttpMethod.Post, "/dialer/plain", Json(Lead("1")));
            request.Headers.Authorization = credentials;
            return await server.Http.SendAsync(request, Cancellation);
        }
    }

    [Fact]
    public async Task A_sender_settles_nothing_that_was_reserved_for_another_brand()
    {
        using HttpResponseMessage asked = await AskAsync(Lead("1"));
        string other = await server.KeyAsync(Role.Sender, "south");
        using HttpRequestMessage request = Request(
            HttpMethod.Post, "/dialer/plain/outcome",
            Json($$"""{"lead":{"id":"{{person}}"},"call_id":"1","status":"NEW","brand":"south"}"""));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", other);

        using HttpResponseMessage refused = await server.Http.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (asked.StatusCode, refused.StatusCode));
        Assert.Equal(ContactState.Reserved, Assert.Single(await ContactsAsync()).State);
    }

    private static AuthenticationHeaderValue Basic(string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"dialer:{password}")));

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static string Head(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? Assert.Single(values) : "";

    private static Task<string> TextAsync(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(Cancellation);

    private string Lead(string call, string? status = null) =>
        JsonSerializer.Serialize(new { lead = new { id = person }, call_id = call, status });

    private Task<HttpResponseMessage> AskAsync(string record) =>
        SendAsync(HttpMethod.Post, "/dialer/plain", Json(record));

    private Task<HttpResponseMessage> TellAsync(string record) =>
        SendAsync(HttpMethod.Post, "/dialer/plain/outcome", Json(record));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content)
    {
        using HttpRequestMessage request = Request(method, address, content);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", address.Contains("asking", StringComparison.Ordinal) ? server.AdminKey : key);
        return await server.Http.SendAsync(request, Cancellation);
    }

    private static HttpRequestMessage Request(HttpMethod method, string address, HttpContent? content) =>
        new(method, address) { Content = content };

    private async Task<IReadOnlyList<LedgerContact>> ContactsAsync() => (await server.People.ListContactsAsync(
        new() { PersonId = person }, GuardedServer.With(server.AdminKey))).Contacts;
}
