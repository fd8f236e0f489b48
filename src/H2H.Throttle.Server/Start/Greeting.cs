using System.Reflection;

namespace H2H.Throttle.Server.Start;

/// <summary>What a person who starts the server reads: where it listens and how to ask.</summary>
internal static class Greeting
{
    public static string For(WebApplication app)
    {
        ServerAddresses addresses = ServerAddresses.Of(app);
        string version = typeof(Greeting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
        return $$$"""
            H2H Throttle {{{version}}} is up.
              gRPC  {{{addresses.Grpc.Authority}}}  (cleartext HTTP/2, with reflection and health)
              JSON  {{{addresses.Http.GetLeftPart(UriPartial.Authority)}}}  (the same calls over HTTP/1.1)

            Ask before you contact a person:
              curl {{{addresses.Http}}}h2h.throttle.v1.ThrottleService/Reserve \
                -H 'Content-Type: application/json' \
                -d '{"contact":{"personId":"ann","channel":"email","purpose":"marketing"}}'

            Ctrl+C stops it; calls in flight are finished first.
            """;
    }
}
