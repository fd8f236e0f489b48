using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Testing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Access;

/// <summary>Every call is tried with every role; who may make it is what the table in Access/README.md says.</summary>
public sealed partial class RoleTests(AskingServer server) : IClassFixture<AskingServer>
{
    private static readonly ImmutableArray<ServiceDescriptor> Services =
    [
        .. typeof(ThrottleService).Assembly.GetTypes()
            .Where(static type => type.Namespace == typeof(ThrottleService).Namespace)
            .Select(static type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .OrderBy(static service => service.Name, StringComparer.Ordinal),
    ];

    [Fact]
    public async Task Every_call_is_for_the_roles_that_the_readme_says_and_for_no_other()
    {
        IReadOnlyList<string> expected = await ReadTableAsync();
        Dictionary<Role, string> keys = [];
        foreach (Role role in Roles)
        {
            keys[role] = await server.KeyAsync(role);
        }

        List<string> found = [];
        using GrpcChannel channel = server.Connect();
        foreach (MethodDescriptor method in Services.SelectMany(static service => service.Methods))
        {
            List<string> marks = [];
            foreach (Role role in Roles)
            {
                (StatusCode code, string reason) = await CallAsync(channel, method, keys[role]);
                Assert.NotEqual(StatusCode.Unauthenticated, code);
                marks.Add(reason == "ROLE_NOT_ALLOWED" ? "" : "✓");
            }

            found.Add($"{method.Name} {string.Join(' ', marks)}");
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task No_call_is_made_without_credentials()
    {
        using GrpcChannel channel = server.Connect();
        foreach (MethodDescriptor method in Services.SelectMany(static service => service.Methods))
        {
            Assert.Equal(
                (StatusCode.Unauthenticated, "CREDENTIALS_MISSING"), await CallAsync(channel, method, null));
        }
    }

    [Fact]
    public async Task By_http_it_is_the_same()
    {
        string path = "/h2h.throttle.v1.PolicyService/PublishPolicy";
        string agent = await server.KeyAsync(Role.Agent);

        using HttpResponseMessage none = await server.PostAsync(path, "{}");
        using HttpResponseMessage wrong = await server.PostAsync(path, "{}", ("Authorization", "Bearer h2h_wrong"));
        using HttpResponseMessage other = await server.PostAsync(path, "{}", ("Authorization", $"Bearer {agent}"));
        using HttpResponseMessage admin = await server.PostAsync(
            path, "{}", ("Authorization", $"Bearer {server.AdminKey}"));

        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal("CREDENTIALS_MISSING", (await none.ReadErrorAsync()).Info.Reason);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("CREDENTIALS_INVALID", (await wrong.ReadErrorAsync()).Info.Reason);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal("ROLE_NOT_ALLOWED", (await other.ReadErrorAsync()).Info.Reason);
        Assert.Equal("FIELD_MISSING", (await admin.ReadErrorAsync()).Info.Reason);
    }

    [Fact]
    public async Task Health_and_reflection_are_open()
    {
        Grpc.Health.V1.HealthCheckResponse answer = await server.Health.CheckAsync(new(), TestServer.Call);

        Assert.Equal(Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    private static IEnumerable<Role> Roles => [Role.Sender, Role.Agent, Role.Auditor, Role.Admin];

    // An empty request, without knowing its type: what matters is whether the caller is let in at all.
    private static async Task<(StatusCode Code, string Reason)> CallAsync(
        GrpcChannel channel, MethodDescriptor called, string? key)
    {
        Marshaller<byte[]> bytes = Marshallers.Create(static sent => sent, static received => received);
        MethodType type = (called.IsClientStreaming, called.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            (true, true) => MethodType.DuplexStreaming,
        };
        Method<byte[], byte[]> method = new(type, called.Service.FullName, called.Name, bytes, bytes);
        CallOptions options = GuardedServer.With(key).WithCancellationToken(TestContext.Current.CancellationToken);
        CallInvoker invoker = channel.CreateCallInvoker();
        try
        {
            if (type is MethodType.Unary)
            {
                using AsyncUnaryCall<byte[]> call = invoker.AsyncUnaryCall(method, null, options, []);
                await call;
            }
            else
            {
                // Half-closed at once, and left after its first answer: every stream has one or ends, refused or not.
                using AsyncDuplexStreamingCall<byte[], byte[]> call =
                    invoker.AsyncDuplexStreamingCall(method, null, options);
                await SendNothingAsync(call.RequestStream);
                await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
            }

            return (StatusCode.OK, "");
        }
        catch (RpcException error) when (error.Trailers.GetValueBytes("grpc-status-details-bin") is not null)
        {
            return (error.StatusCode, Refusal.Of(error).Reason);
        }
        catch (RpcException error)
        {
            return (error.StatusCode, "");
        }
    }

    /// <summary>A call may be refused before all is sent; then only its answer says why.</summary>
    /// <remarks>What the writer throws then is CANCELLED, or that the call is over: never the refusal.</remarks>
    private static async Task SendNothingAsync(IClientStreamWriter<byte[]> stream)
    {
        try
        {
            await stream.WriteAsync([], TestContext.Current.CancellationToken);
            await stream.CompleteAsync();
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException or IOException)
        {
            // The answer follows.
        }
    }

    /// <summary>Rows such as <c>| `Check` | ✓ | ✓ | ✓ | ✓ |</c>, in the order of services and calls.</summary>
    private static async Task<IReadOnlyList<string>> ReadTableAsync()
    {
        string readme = await File.ReadAllTextAsync(
            Path.Combine(RepositoryFolder.Of("src", "H2H.Throttle.Server", "Access"), "README.md"),
            TestContext.Current.CancellationToken);
        Dictionary<string, string> rows = Row().Matches(readme).ToDictionary(
            static row => row.Groups["call"].Value,
            static row => $"{row.Groups["call"].Value} "
                + string.Join(' ', row.Groups["mark"].Captures.Select(static mark => mark.Value.Trim())));
        return
        [
            .. Services.SelectMany(static service => service.Methods)
                .Select(method => rows.GetValueOrDefault(method.Name, $"{method.Name} is not in the table")),
        ];
    }

    [GeneratedRegex(@"^\| `(?<call>[A-Z]\w+)` \|(?:(?<mark> ?✓? ?)\|){4}$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
