using System.Reflection;
using H2H.Throttle.Engine.Policies;

namespace H2H.Throttle.Server.Start;

/// <summary>What a person who starts the server reads: where it listens and how to ask.</summary>
internal static class Greeting
{
    /// <summary>The version of the product, as in <c>0.1.0</c>.</summary>
    public static string Product { get; } = typeof(Greeting).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <param name="addresses">Where it listens.</param>
    /// <param name="store">Where its store is.</param>
    /// <param name="settings">What it was started with.</param>
    /// <param name="policy">What is in force; null: not known yet.</param>
    public static string Of(ServerAddresses addresses, string store, Settings settings, PolicyVersion? policy)
    {
        string wire = settings.Tls.CertificatePath.Length > 0 ? "TLS" : "cleartext";
        string credentials = settings.Access.Required ? "-H \"Authorization: Bearer $H2H_KEY\" " : "";
        string inForce = policy is null
            ? "not known yet; calls are answered UNAVAILABLE"
            : $"{policy.Name}, version {policy.Number}";
        return $$$"""
            H2H Throttle {{{Product}}} is up.
              gRPC    {{{addresses.Grpc.Authority}}}  ({{{wire}}} HTTP/2, with reflection and health)
              JSON    {{{addresses.Http.GetLeftPart(UriPartial.Authority)}}}  (the same calls over HTTP/1.1)
              store   {{{store}}}
              policy  {{{inForce}}}
              access  {{{AccessOf(settings)}}}

            Ask before you contact a person:
              curl {{{addresses.Http}}}h2h.throttle.v1.ThrottleService/Reserve \
                -H 'Content-Type: application/json' {{{credentials}}}\
                -d '{"contact":{"personId":"ann","channel":"email","purpose":"marketing"}}'

            Ctrl+C stops it; calls in flight are finished first.
            """;
    }

    private static string AccessOf(Settings settings) => settings switch
    {
        { Access.Required: true } => "every call needs a key or token",
        { Access.Insecure: true } => "INSECURE: whoever can reach it may do everything",
        _ => "without credentials, from this machine alone",
    };
}
