using Grpc.Core;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Calls;

public sealed class HostTests(EchoServer server)
{
    private static CallOptions Options => new(cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_client_with_a_host_names_it_in_calls_of_every_kind()
    {
        NotingInvoker invoker = new();
        Echo.EchoClient client = new Echo.EchoClient(invoker).WithHost("tenant-7");

        client.Say(new Saying(), Options);
        await client.SayAsync(new Saying(), Options);
        client.Join(Options).Dispose();
        client.Split(new Saying(), Options).Dispose();
        client.Converse(Options).Dispose();

        Assert.Equal(
            ["Say tenant-7", "Say tenant-7", "Join tenant-7", "Split tenant-7", "Converse tenant-7"], invoker.Calls);
    }

    [Fact]
    public void A_client_without_a_host_leaves_it_to_the_channel()
    {
        NotingInvoker invoker = new();
        Echo.EchoClient client = new(invoker);

        client.Say(new Saying(), Options);
        client.WithHost("other").WithHost(null).Say(new Saying(), Options);

        Assert.Equal(["Say ", "Say "], invoker.Calls);
    }

    [Fact]
    public async Task A_channel_of_its_own_address_calls_that_whatever_the_host()
    {
        Description seen = await server.Client.WithHost("tenant-7").DescribeAsync(
            new Google.Protobuf.WellKnownTypes.Empty(), Options);

        Assert.Equal(server.Address.Authority, seen.Host);
    }

    /// <summary>Answers every call with nothing and notes what it was asked.</summary>
    private sealed class NotingInvoker : CallInvoker
    {
        public List<string> Calls { get; } = [];

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        {
            Calls.Add($"{method.Name} {host}");
            return Activator.CreateInstance<TResponse>();
        }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        {
            Calls.Add($"{method.Name} {host}");
            return new(Task.FromResult(Activator.CreateInstance<TResponse>()), Headers, Status, Trailers, Dispose);
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        {
            Calls.Add($"{method.Name} {host}");
            return new(null!, Headers, Status, Trailers, Dispose);
        }

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options)
        {
            Calls.Add($"{method.Name} {host}");
            return new(
                null!, Task.FromResult(Activator.CreateInstance<TResponse>()), Headers, Status, Trailers, Dispose);
        }

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options)
        {
            Calls.Add($"{method.Name} {host}");
            return new(null!, null!, Headers, Status, Trailers, Dispose);
        }

        private static Task<Metadata> Headers => Task.FromResult(Metadata.Empty);

        private static Status Status() => Grpc.Core.Status.DefaultSuccess;

        private static Metadata Trailers() => Metadata.Empty;

        private static void Dispose()
        {
        }
    }
}
