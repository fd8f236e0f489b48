using System.Collections.Immutable;
using System.Text;

namespace H2H.Throttle.Adversity.Fuzzing;

/// <summary>Calls as they are posted, and bodies that ask for trouble in ways that no mutation finds soon.</summary>
internal static class JsonBodies
{
    private const string Contact =
        """{"personId":"ada","channel":"sms","purpose":"marketing","labels":{"a":"b"},"subjects":["x","y"]}""";

    public static ImmutableArray<(string Path, byte[] Body)> Good { get; } =
    [
        Call("ThrottleService/Check", $$"""{"contact":{{Contact}},"at":"2026-03-02T09:00:00Z"}"""),
        Call("ThrottleService/Reserve", $$"""{"requestId":"r1","contact":{{Contact}},"timeToLive":"600s"}"""),
        Call("ThrottleService/Record", $$"""{"contact":{{Contact}},"madeAt":"2026-03-02T08:00:00Z"}"""),
        Call("ThrottleService/Confirm", """{"reservationId":"AAAAAAAAAAAAAAAAAAAAAAAAAAA","outcome":"delivered"}"""),
        Call("ThrottleService/FindSlots", $$"""{"contact":{{Contact}},"maxSlots":5}"""),
        Call("ConsentService/OptOut", """{"personId":"ada","scope":{"channel":"email"},"source":"sms"}"""),
        Call("ConsentService/Snooze", """{"personId":"ada","until":"2026-03-09T00:00:00.123456789+01:00"}"""),
        Call("PersonService/UpdatePerson",
            """{"person":{"personId":"ada","zone":"Europe/Rome","attributes":{"t":"g"}},"updateMask":"zone"}"""),
        Call("PersonService/ListContacts", """{"personId":"ada","pageSize":10,"order":"CONTACT_ORDER_OLDEST_FIRST"}"""),
        Call("PolicyService/ValidatePolicy", """{"document":"policy: a\nchannels: [sms]\npurposes: { m: {} }\n"}"""),
    ];

    public static ImmutableArray<byte[]> Hostile { get; } =
    [
        Text(new string('[', 200_000)),
        Text(Repeat("""{"contact":""", 50_000)),
        Text("{\"contact\":{\"labels\":{" + Repeat("\"a\":{\"b\":", 10_000)),
        Text($$"""{"at":{{new string('9', 500_000)}}}"""),
        Text($$"""{"personId":"{{new string('a', 1_000_000)}}"}"""),
        Text("{\"contact\":{\"subjects\":[" + Repeat("\"s\",", 200_000) + "\"s\"]}}"),
        Text("{" + Repeat("\"unknown\":1,", 50_000) + "\"contact\":null}"),
        Text("""{"timeToLive":"1e308s","at":"9999-12-31T23:59:59.999999999Z"}"""),
        Text("""{"at":"0001-01-01T00:00:00Z","contact":{"weight":1e999}}"""),
        Text("""{"contact":{"personId":"\ud800","channel":"\u0000"}}"""),
        Text("""{"\udfff":{"contact":{"\ud800":1}}}"""),
        [0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'],
        [0xFF, 0xFE, 0x00, 0x00],
        [],
    ];

    private static (string Path, byte[] Body) Call(string method, string body) =>
        ($"/h2h.throttle.v1.{method}", Text(body));

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
