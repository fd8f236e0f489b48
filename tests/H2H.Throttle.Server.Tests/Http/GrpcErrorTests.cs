using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Http;

/// <summary>Errors that gRPC answers by itself have a reason, too.</summary>
public sealed class GrpcErrorTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    [Theory]
    [InlineData("h2h.throttle.v1.ThrottleService", "Chck")]
    [InlineData("h2h.throttle.v1.NoService", "Check")]
    public async Task An_unknown_call_is_unimplemented(string service, string call)
    {
        Refusal refusal = await AskAsync(service, call, []);

        Assert.Equal((StatusCode.Unimplemented, "CALL_UNKNOWN"), (refusal.Code, refusal.Reason));
    }

    [Fact]
    public async Task A_request_that_is_not_the_protobuf_it_should_be_is_refused()
    {
        Refusal refusal = await AskAsync(ThrottleService.Descriptor.FullName, "Check", [0x0a, 0xff]);

        Assert.Equal((StatusCode.InvalidArgument, "BODY_MALFORMED"), (refusal.Code, refusal.Reason));
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_refused()
    {
        Refusal refusal = await Refusal.OfAsync(server.Policies.ValidatePolicyAsync(
            new() { Document = new string('#', 5 * 1024 * 1024) }, TestServer.Call));

        Assert.Equal((StatusCode.ResourceExhausted, "BODY_TOO_LARGE"), (refusal.Code, refusal.Reason));
    }

    private async Task<Refusal> AskAsync(string service, string call, byte[] request)
    {
        using Grpc.Net.Client.GrpcChannel channel = server.Connect();
        Method<byte[], byte[]> method = new(MethodType.Unary, service, call, Raw, Raw);
        return await Refusal.OfAsync(
            channel.CreateCallInvoker().AsyncUnaryCall(method, null, TestServer.Call, request));
    }
}
