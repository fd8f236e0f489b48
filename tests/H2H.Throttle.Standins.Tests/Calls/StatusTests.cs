using System.Net.Sockets;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;
using Any = Google.Protobuf.WellKnownTypes.Any;

namespace H2H.Throttle.Standins.Tests.Calls;

public sealed class StatusTests(EchoServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<StatusCode> Failures =>
        [.. Enum.GetValues<StatusCode>().Where(static code => code != StatusCode.OK)];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_code_arrives_as_it_was_sent_with_its_detail_and_trailers(StatusCode code)
    {
        RpcException refused = await RefuseAsync(new Refusal { StatusCode = (int)code, Detail = "no – 100 % sure" });

        Assert.Equal(code, refused.StatusCode);
        Assert.Equal("no – 100 % sure", refused.Status.Detail);
        Assert.Equal("told to", refused.Trailers.GetValue("x-why"));
        Assert.Contains($"StatusCode=\"{code}\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_of_the_error_arrive_in_a_binary_trailer()
    {
        Google.Rpc.Status details = new()
        {
            Code = (int)StatusCode.InvalidArgument,
            Message = "no",
            Details = { Any.Pack(new ErrorInfo { Reason = "UNKNOWN_CHANNEL", Metadata = { ["channel"] = "fax" } }) },
        };

        RpcException refused = await RefuseAsync(new Refusal
        {
            StatusCode = (int)StatusCode.InvalidArgument,
            Detail = "no",
            Details = details.ToByteString(),
        });

        byte[]? bytes = refused.Trailers.GetValueBytes("grpc-status-details-bin");
        Assert.Equal(details, Google.Rpc.Status.Parser.ParseFrom(bytes));
    }

    [Fact]
    public async Task Nobody_listening_is_unavailable_with_the_cause_on_this_side_only()
    {
        using Grpc.Net.Client.GrpcChannel nowhere = Grpc.Net.Client.GrpcChannel.ForAddress("http://127.0.0.1:1");
        Echo.EchoClient client = new(nowhere);

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            async () => await client.SayAsync(new Saying(), cancellationToken: Cancellation));

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.IsType<SocketException>(refused.Status.DebugException);
        Assert.Same(refused.Status.DebugException, refused.InnerException);
    }

    [Fact]
    public async Task A_status_is_asked_for_in_vain_while_the_call_is_under_way()
    {
        using CancellationTokenSource caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        string text = $"{nameof(StatusTests)} {Guid.NewGuid()}";
        using var call = server.Client.HangAsync(new Saying { Text = text }, cancellationToken: caller.Token);
        await server.Hanging.BegunAsync(text, Cancellation);

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(call.GetTrailers);

        await caller.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    private Task<RpcException> RefuseAsync(Refusal refusal) => Assert.ThrowsAsync<RpcException>(
        async () => await server.Client.RefuseAsync(refusal, cancellationToken: Cancellation));
}
