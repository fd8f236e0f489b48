using System.Reflection;
using H2H.Throttle.Engine.Policies;

namespace H2H.Throttle.Server.Start;

/// <summary>What a person who starts the server reads: where it listens and how to ask.</summary>
internal static class Greeting
{
    /// <param name="addresses">Where it listens.</param>
    /// <param name="storePath">Where its store is.</param>
    /// <param name="policy">What is in force.</param>
    public static string Of(ServerAddresses addresses, string storePath, PolicyVersion policy)
    {
        string product = typeof(Greeting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
        return $$$"""
            H2H Throttle {{{product}}} is up.
              gRPC    {{{addresses.Grpc.Authority}}}  (cleartext HTTP/2, with reflection and health)
              JSON    {{{addresses.Http.GetLeftPart(UriPartial.Authority)}}}  (the same calls over HTTP/1.1)
              store   {{{Path.GetFullPath(storePath)}}}
              policy  {{{policy.Name}}}, version {{{policy.Number}}}

            Ask before you contact a person:
              curl {{{addresses.Http}}}h2h.throttle.v1.ThrottleService/Reserve \
                -H 'Content-Type: application/json' \
                -d '{"contact":{"personId":"ann","channel":"email","purpose":"marketing"}}'

            Ctrl+C stops it; calls in flight are finished first.
            """;
    }
}
