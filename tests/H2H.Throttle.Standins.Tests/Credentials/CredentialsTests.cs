using System.Security.Cryptography.X509Certificates;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Credentials;

public sealed class CredentialsTests(EchoServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Credentials_of_the_channel_and_of_the_call_go_with_a_call_over_tls()
    {
        using GrpcChannel channel = SecureChannel(
            ChannelCredentials.Create(ChannelCredentials.SecureSsl, Header("x-channel", "c1")));
        CallCredentials both = CallCredentials.Compose(Header("x-call", "first"), Header("x-call", "second"));

        Description seen = await new Echo.EchoClient(channel).DescribeAsync(
            new Empty(), new CallOptions(credentials: both, cancellationToken: Cancellation));

        Assert.Equal(["c1"], Values(seen, "x-channel"));
        Assert.Equal(["first, second"], Values(seen, "x-call"));
    }

    [Fact]
    public async Task A_certificate_of_the_caller_proves_who_calls()
    {
        using X509Certificate2 certificate = LoopbackCertificate.Create("sender-7");
        using GrpcChannel channel = SecureChannel(ChannelCredentials.SecureSsl, certificate);

        Description seen = await new Echo.EchoClient(channel).DescribeAsync(
            new Empty(), cancellationToken: Cancellation);

        Assert.Equal(["sender-7"], seen.PeerIdentity);
    }

    [Fact]
    public async Task Credentials_learn_which_call_they_are_for()
    {
        AuthInterceptorContext? learnt = null;
        CallCredentials credentials = CallCredentials.FromInterceptor((context, metadata) =>
        {
            learnt = context;
            return Task.CompletedTask;
        });
        using GrpcChannel channel = SecureChannel(ChannelCredentials.SecureSsl);

        await new Echo.EchoClient(channel).DescribeAsync(
            new Empty(), new CallOptions(cancellationToken: Cancellation).WithCredentials(credentials));

        Assert.NotNull(learnt);
        Assert.Equal("Describe", learnt.MethodName);
        Assert.Equal($"{server.SecureAddress.AbsoluteUri}h2h.throttle.standins.tests.Echo", learnt.ServiceUrl);
    }

    [Fact]
    public async Task Credentials_that_fail_fail_the_call()
    {
        CallCredentials broken = CallCredentials.FromInterceptor(
            static (_, _) => throw new InvalidOperationException("no token"));
        using GrpcChannel channel = SecureChannel(ChannelCredentials.SecureSsl);

        RpcException failed = await Assert.ThrowsAsync<RpcException>(
            async () => await new Echo.EchoClient(channel).DescribeAsync(
                new Empty(), new CallOptions(credentials: broken, cancellationToken: Cancellation)));

        Assert.Equal("no token", failed.Status.DebugException?.Message);
    }

    [Fact]
    public async Task An_insecure_channel_refuses_to_carry_credentials_unless_told_otherwise()
    {
        CallOptions options = new(credentials: Header("x-call", "key"), cancellationToken: Cancellation);
        using GrpcChannel open = GrpcChannel.ForAddress(
            server.Address, new GrpcChannelOptions { UnsafeUseInsecureChannelCallCredentials = true });

        Description refused = await server.Client.DescribeAsync(new Empty(), options);
        Description carried = await new Echo.EchoClient(open).DescribeAsync(new Empty(), options);

        Assert.Empty(Values(refused, "x-call"));
        Assert.Equal(["key"], Values(carried, "x-call"));
        Assert.Throws<ArgumentException>(
            () => ChannelCredentials.Create(ChannelCredentials.Insecure, Header("x-call", "key")));
    }

    [Fact]
    public void An_address_and_credentials_that_disagree_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress(
            server.SecureAddress, new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure }));
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress(
            server.Address, new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }));
    }

    private static CallCredentials Header(string key, string value) =>
        CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add(key, value);
            return Task.CompletedTask;
        });

    private static IEnumerable<string> Values(Description seen, string key) =>
        seen.Headers.Where(header => header.Key == key).Select(static header => header.Value.ToStringUtf8());

    private GrpcChannel SecureChannel(ChannelCredentials credentials, X509Certificate2? certificate = null)
    {
        SocketsHttpHandler handler = new();
        handler.SslOptions.RemoteCertificateValidationCallback =
            static (_, certificate, _, _) => certificate?.Subject == "CN=loopback";
        handler.SslOptions.ClientCertificates = certificate is null ? null : [certificate];
        return GrpcChannel.ForAddress(server.SecureAddress, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            Credentials = credentials,
        });
    }
}
