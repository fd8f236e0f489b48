using Google.Protobuf;
using Grpc.Core;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Services;

public sealed class ServiceDefinitionTests(EchoServer server)
{
    private static readonly Method<Saying, Saying> Say = new(
        MethodType.Unary, "tests.Any", "Say",
        Marshallers.Create(static saying => saying.ToByteArray(), Saying.Parser.ParseFrom),
        Marshallers.Create(static saying => saying.ToByteArray(), Saying.Parser.ParseFrom));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_is_bound_by_its_definition_answers_every_kind_of_call()
    {
        Aside.AsideClient client = new(server.Channel);
        using var join = client.Join(cancellationToken: Cancellation);
        using var split = client.Split(new Saying { Text = "one two" }, cancellationToken: Cancellation);
        using var converse = client.Converse(cancellationToken: Cancellation);

        await join.RequestStream.WriteAsync(new Saying { Text = "all" }, Cancellation);
        await join.RequestStream.CompleteAsync();
        await converse.RequestStream.WriteAsync(new Saying { Text = "turn" }, Cancellation);

        Assert.Equal("a", (await client.SayAsync(new Saying { Text = "a" }, cancellationToken: Cancellation)).Text);
        Assert.Equal("all", (await join).Text);
        Assert.True(await split.ResponseStream.MoveNext(Cancellation));
        Assert.Equal("one", split.ResponseStream.Current.Text);
        Assert.True(await converse.ResponseStream.MoveNext(Cancellation));
        Assert.Equal("turn", converse.ResponseStream.Current.Text);
    }

    [Fact]
    public void A_binder_is_handed_every_method_as_the_kind_that_it_is()
    {
        NotingBinder binder = new();

        Aside.BindService(binder, new AsideService());

        Assert.Equal(
            ["Say Unary", "Join ClientStreaming", "Split ServerStreaming", "Converse DuplexStreaming"],
            binder.Methods);
    }

    [Fact]
    public void A_method_cannot_be_added_twice()
    {
        ServerServiceDefinition.Builder builder = ServerServiceDefinition.CreateBuilder()
            .AddMethod(Say, static (request, _) => Task.FromResult(request));

        Assert.Throws<ArgumentException>(() => builder.AddMethod(Say, static (request, _) => Task.FromResult(request)));
    }

    [Fact]
    public void A_binder_that_overrides_nothing_supports_nothing()
    {
        Assert.Throws<NotImplementedException>(() => Aside.BindService(new IdleBinder(), new AsideService()));
    }

    private sealed class IdleBinder : ServiceBinderBase;

    private sealed class NotingBinder : ServiceBinderBase
    {
        public List<string> Methods { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => Note(method);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
            Note(method);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            Note(method);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
            Note(method);

        private void Note(IMethod method) => Methods.Add($"{method.Name} {method.Type}");
    }
}
