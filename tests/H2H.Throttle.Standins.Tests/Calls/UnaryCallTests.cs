using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Calls;

public sealed class UnaryCallTests(EchoServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_comes_with_headers_status_and_trailers()
    {
        using AsyncUnaryCall<Saying> call =
            server.Client.SayAsync(new Saying { Text = "hello" }, cancellationToken: Cancellation);

        Metadata headers = await call.ResponseHeadersAsync;
        Saying saying = await call;

        Assert.Equal("hello", saying.Text);
        Assert.Equal("5", headers.GetValue("x-length"));
        Assert.Equal("hello"u8.ToArray(), headers.GetValueBytes("X-Text-Bin"));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Equal("said", call.GetTrailers().GetValue("x-last"));
        Assert.Equal("unary", call.GetTrailers().GetValue(NotingInterceptor.Trailer));
    }

    [Fact]
    public void A_blocking_call_answers_too()
    {
        Saying saying = server.Client.Say(new Saying { Text = "now" }, cancellationToken: Cancellation);

        Assert.Equal("now", saying.Text);
    }

    [Fact]
    public async Task The_service_sees_method_host_peer_headers_and_what_the_interceptor_noted()
    {
        Metadata headers = new()
        {
            { "X-Words", "one" },
            { "x-words", "two" },
            { "x-bytes-bin", [0, 255, 10, 13] },
        };

        Description seen = await server.Client.DescribeAsync(new Empty(), headers, cancellationToken: Cancellation);

        Assert.Equal("/h2h.throttle.standins.tests.Echo/Describe", seen.Method);
        Assert.Equal(server.Address.Authority, seen.Host);
        Assert.StartsWith("ipv4:127.0.0.1:", seen.Peer, StringComparison.Ordinal);
        Assert.Empty(seen.PeerIdentity);
        Assert.False(seen.HasDeadlineUs);
        Assert.Equal("unary", seen.Intercepted);
        Assert.Equal("one, two", Assert.Single(ValuesOf("x-words")).ToStringUtf8());
        Assert.Equal([0, 255, 10, 13], Assert.Single(ValuesOf("x-bytes-bin")).ToByteArray());
        Assert.True(seen.Headers.Single(static header => header.Key == "x-bytes-bin").IsBinary);

        IEnumerable<ByteString> ValuesOf(string key) =>
            seen.Headers.Where(header => header.Key == key).Select(static header => header.Value);
    }

    [Fact]
    public async Task A_message_of_several_megabytes_arrives_whole_both_ways()
    {
        byte[] payload = new byte[5 * 1024 * 1024];
        new Random(7).NextBytes(payload);

        Saying saying = await server.Client.SayAsync(
            new Saying { Payload = ByteString.CopyFrom(payload) }, cancellationToken: Cancellation);

        Assert.Equal(payload, saying.Payload.ToByteArray());
    }

    [Fact]
    public async Task A_message_over_the_servers_bound_is_refused()
    {
        Saying large = new() { Payload = ByteString.CopyFrom(new byte[EchoServer.MessageSizeMaxBytes + 1]) };

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.SayAsync(large, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public async Task A_method_that_the_service_leaves_out_is_unimplemented()
    {
        Method<Saying, Saying> unknown = new(
            MethodType.Unary, "h2h.throttle.standins.tests.Echo", "Whisper",
            Marshallers.Create(static saying => saying.ToByteArray(), Saying.Parser.ParseFrom),
            Marshallers.Create(static saying => saying.ToByteArray(), Saying.Parser.ParseFrom));

        RpcException refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Channel
            .CreateCallInvoker()
            .AsyncUnaryCall(unknown, null, new CallOptions(cancellationToken: Cancellation), new Saying()));

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }

    [Fact]
    public async Task A_marshaller_over_arrays_speaks_the_same_bytes_as_a_generated_one()
    {
        Method<Saying, Saying> say = new(
            MethodType.Unary, "h2h.throttle.standins.tests.Echo", "Say",
            Marshallers.Create(static saying => saying.ToByteArray(), Saying.Parser.ParseFrom),
            Marshallers.Create(static saying => saying.ToByteArray(), Saying.Parser.ParseFrom));

        Saying answer = await server.Channel.CreateCallInvoker().AsyncUnaryCall(
            say, null, new CallOptions(cancellationToken: Cancellation), new Saying { Text = "by hand" });

        Assert.Equal("by hand", answer.Text);
    }
}
