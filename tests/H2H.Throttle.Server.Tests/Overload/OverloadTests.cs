using Google.Rpc;
using Grpc.Core;
using H2H.Throttle.Client;
using H2H.Throttle.Server.Stores;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Overload;

/// <summary>Many callers on a store that is too slow for them.</summary>
public sealed class OverloadTests : IAsyncLifetime
{
    private const int AtOnce = 4;
    private const int Waiting = 8;
    private const int Callers = 60;

    private readonly SlowServer server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task What_is_too_much_is_refused_what_cannot_wait_goes_first_and_all_is_well_again_by_itself()
    {
        string[] reservations = await ReserveAsync(2);

        Task<ReserveResponse>[] asked = [.. Enumerable.Range(0, Callers).Select(_ => ReserveAsync(NewPerson()))];
        await UntilAsync(() => asked.Count(static one => one.IsFaulted) == Callers - AtOnce - Waiting);
        await UntilAsync(() => server.Store.Waiting == AtOnce);
        Task[] urgent =
        [
            server.Consent.OptOutAsync(new() { PersonId = NewPerson() }, TestServer.Call).ResponseAsync,
            server.Throttle.RecordAsync(new() { Contact = Contact(NewPerson()) }, TestServer.Call).ResponseAsync,
            server.Throttle.ConfirmAsync(new() { ReservationId = reservations[0] }, TestServer.Call).ResponseAsync,
            server.Throttle.ReleaseAsync(new() { ReservationId = reservations[1] }, TestServer.Call).ResponseAsync,
        ];
        await UntilAsync(() => server.Store.Waiting == AtOnce + urgent.Length);

        // Those at work were there before; of those that wait not one gets its turn before what is urgent.
        server.Store.Release(AtOnce + urgent.Length);
        await Task.WhenAll(urgent);
        await UntilAsync(() => asked.Count(static one => one.IsCompletedSuccessfully) == AtOnce);
        await UntilAsync(() => server.Store.Waiting == AtOnce);

        server.Store.Recover();
        Task<ReserveResponse>[] accepted = [.. asked.Where(static one => !one.IsFaulted)];
        Assert.Equal(AtOnce + Waiting, accepted.Length);
        Assert.All(await Task.WhenAll(accepted), static one =>
            Assert.Equal(Verdict.Allow, one.Decision.Verdict));
        foreach (Task<ReserveResponse> refused in asked.Where(static one => one.IsFaulted))
        {
            RpcException error = await Assert.ThrowsAsync<RpcException>(() => refused);
            Assert.Equal(
                (StatusCode.ResourceExhausted, "OVERLOADED"), (Refusal.Of(error).Code, Refusal.Of(error).Reason));
            Assert.True(RetryOf(error).RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        }

        await Task.WhenAll(Enumerable.Range(0, AtOnce + Waiting).Select(_ => ReserveAsync(NewPerson())));
    }

    [Fact]
    public async Task The_client_asks_again_after_the_pause_that_it_was_asked_for_and_says_so_if_that_does_not_help()
    {
        Task<ReserveResponse>[] asked = [.. Enumerable.Range(0, Callers).Select(_ => ReserveAsync(NewPerson()))];
        await UntilAsync(() => asked.Count(static one => one.IsFaulted) == Callers - AtOnce - Waiting);
        using ThrottleClient impatient = new(server.GrpcAddress, new() { OverloadRepeatsMax = 0 });
        using ThrottleClient patient = new(server.GrpcAddress, new() { OverloadRepeatsMax = 1000 });

        ThrottleException refused = await Assert.ThrowsAsync<ThrottleException>(
            async () => await impatient.Throttle.CheckAsync(new() { Contact = Contact(NewPerson()) }, TestServer.Call));
        using AsyncUnaryCall<ReserveResponse> repeated =
            patient.Throttle.ReserveAsync(new() { Contact = Contact(NewPerson()) }, TestServer.Call);
        await Task.WhenAny(repeated.ResponseHeadersAsync);   // those of the first time, which was refused
        server.Store.Recover();

        Assert.Equal("OVERLOADED", refused.Reason);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        Assert.Equal(Verdict.Allow, (await repeated).Decision.Verdict);
        await Task.WhenAll(asked.Where(static one => !one.IsFaulted));
    }

    [Fact]
    public async Task A_stream_is_not_refused_but_read_later()
    {
        const int Items = 5000;
        using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> call =
            server.Throttle.StreamReserve(TestServer.Call);
        Task writing = WriteAsync(call.RequestStream, Items);
        await UntilAsync(() => server.Store.Waiting > 0);
        Task<OptOutResponse> urgent = server.Consent.OptOutAsync(
            new() { PersonId = NewPerson() }, TestServer.Call).ResponseAsync;

        server.Store.Recover();
        int answered = 0;
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
            Assert.All(call.ResponseStream.Current.Results, static one => Assert.Null(one.Error));
            answered += call.ResponseStream.Current.Results.Count;
        }

        await Task.WhenAll(writing, urgent);
        Assert.Equal(Items, answered);
    }

    private static async Task WriteAsync(IClientStreamWriter<StreamReserveRequest> stream, int items)
    {
        for (int i = 0; i < items; i += 1000)
        {
            StreamReserveRequest request = new();
            request.Items.AddRange(Enumerable.Range(0, 1000).Select(static _ =>
                new ReserveItem { Contact = Contact(NewPerson()) }));
            await stream.WriteAsync(request, Cancellation);
        }

        await stream.CompleteAsync();
    }

    private static RetryInfo RetryOf(RpcException error) => Google.Rpc.Status.Parser
        .ParseFrom(error.Trailers.GetValueBytes("grpc-status-details-bin"))
        .Details.Single(static one => one.Is(RetryInfo.Descriptor)).Unpack<RetryInfo>();

    /// <summary>Looks until it is so; the test's own end is the bound.</summary>
    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), Cancellation);
        }
    }

    private async Task<string[]> ReserveAsync(int people)
    {
        Task<ReserveResponse>[] first = [.. Enumerable.Range(0, people).Select(_ => ReserveAsync(NewPerson()))];
        await UntilAsync(() => server.Store.Waiting == people);
        server.Store.Release(people);
        ReserveResponse[] answers = await Task.WhenAll(first);
        return [.. answers.Select(static one => one.Reservation.ReservationId)];
    }

    private async Task<ReserveResponse> ReserveAsync(string person) => await server.Throttle.ReserveAsync(
        new() { Contact = Contact(person) }, TestServer.Call);

    private sealed class SlowServer() : TestServer(
        $"--Server:AsksAtOnceMax={AtOnce}", $"--Server:AsksWaitingMax={Waiting}", "--Server:AskWaitMaxMs=600000")
    {
        public SlowStore Store { get; private set; } = null!;

        private protected override IStore Around(IStore kept) => Store = new SlowStore(kept);
    }
}
