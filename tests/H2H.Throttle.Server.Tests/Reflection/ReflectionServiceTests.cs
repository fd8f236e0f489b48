using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Reflection;

public sealed class ReflectionServiceTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_service_is_listed()
    {
        ServerReflectionResponse response = await AskAsync(new() { ListServices = "" });

        Assert.Equal(
            [
                "grpc.health.v1.Health",
                "grpc.reflection.v1.ServerReflection",
                "h2h.throttle.v1.AccessService",
                "h2h.throttle.v1.ConsentService",
                "h2h.throttle.v1.JournalService",
                "h2h.throttle.v1.PersonService",
                "h2h.throttle.v1.PolicyService",
                "h2h.throttle.v1.ThrottleService",
                "h2h.throttle.v1.WebhookService",
            ],
            response.ListServicesResponse.Service.Select(static service => service.Name));
    }

    [Theory]
    [InlineData("h2h.throttle.v1.ThrottleService")]
    [InlineData("h2h.throttle.v1.ThrottleService.Check")]
    [InlineData("h2h.throttle.v1.ReserveRequest.request_id")]
    [InlineData("h2h.throttle.v1.Cap.cap")]
    [InlineData("h2h.throttle.v1.Verdict")]
    [InlineData("h2h.throttle.v1.VERDICT_DENY")]
    public async Task A_symbol_brings_its_file_with_all_that_it_imports_so_that_a_tool_can_build_requests(string symbol)
    {
        ServerReflectionResponse response = await AskAsync(new() { FileContainingSymbol = symbol });

        IReadOnlyList<ByteString> files = response.FileDescriptorResponse.FileDescriptorProto;
        IReadOnlyList<FileDescriptor> built = FileDescriptor.BuildFromByteStrings(files);
        Assert.Equal("h2h.throttle.v1", built[^1].Package);
    }

    [Fact]
    public async Task A_file_is_found_by_its_name()
    {
        string name = ThrottleService.Descriptor.File.Name;

        ServerReflectionResponse response = await AskAsync(new() { FileByFilename = name });

        Assert.Contains(
            ThrottleService.Descriptor.File.SerializedData, response.FileDescriptorResponse.FileDescriptorProto);
        Assert.Equal(name, response.OriginalRequest.FileByFilename);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_the_stream_goes_on()
    {
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            server.Reflection.ServerReflectionInfo(TestServer.Call);

        StatusCode[] codes =
        [
            await CodeAsync(call, new() { FileContainingSymbol = "h2h.Nothing" }),
            await CodeAsync(call, new() { FileByFilename = "nothing.proto" }),
            await CodeAsync(call, new() { AllExtensionNumbersOfType = "h2h.Nothing" }),
            await CodeAsync(call, new() { FileContainingExtension = new() { ContainingType = "h2h.Nothing" } }),
            await CodeAsync(call, new()),
        ];

        Assert.Equal(
            [
                StatusCode.NotFound, StatusCode.NotFound, StatusCode.NotFound, StatusCode.NotFound,
                StatusCode.InvalidArgument,
            ],
            codes);
    }

    [Fact]
    public async Task No_message_has_extensions()
    {
        ServerReflectionResponse response = await AskAsync(
            new() { AllExtensionNumbersOfType = "h2h.throttle.v1.Contact" });

        Assert.Equal("h2h.throttle.v1.Contact", response.AllExtensionNumbersResponse.BaseTypeName);
        Assert.Empty(response.AllExtensionNumbersResponse.ExtensionNumber);
    }

    private static async Task<StatusCode> CodeAsync(
        AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call,
        ServerReflectionRequest request)
    {
        await call.RequestStream.WriteAsync(request, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        return (StatusCode)call.ResponseStream.Current.ErrorResponse.ErrorCode;
    }

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            server.Reflection.ServerReflectionInfo(TestServer.Call);
        await call.RequestStream.WriteAsync(request, Cancellation);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        ServerReflectionResponse response = call.ResponseStream.Current;
        Assert.False(await call.ResponseStream.MoveNext(Cancellation));
        return response;
    }
}
