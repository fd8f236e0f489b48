using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Batches;

public sealed class StreamTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private const int ItemsEach = 200;

    private readonly string story = NewPerson();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_answered_once_and_each_person_in_order()
    {
        const int People = 500;
        const int Each = 10;
        using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> call =
            server.Throttle.StreamReserve(TestServer.Call);
        Task<List<ReserveItemResult>> reading = ReadAllAsync(call.ResponseStream);

        foreach (ReserveItem[] items in Enumerable.Range(0, People * Each).Select(i => Item(i % People, i / People))
            .Chunk(ItemsEach))
        {
            await call.RequestStream.WriteAsync(new() { Items = { items } }, Cancellation);
        }

        await call.RequestStream.CompleteAsync();
        List<ReserveItemResult> results = await reading;

        Assert.Equal(People * Each, results.Select(static one => one.CorrelationId).Distinct().Count());
        Assert.Equal(People * Each, results.Count);
        Assert.All(results.GroupBy(static one => one.CorrelationId.Split('/')[0]), static one =>
        {
            Assert.Equal(
                Enumerable.Range(0, Each), one.Select(static result => int.Parse(result.CorrelationId.Split('/')[1])));
            Assert.Equal(
                Enumerable.Range(0, Each).Select(static at => at < TestPolicy.Cap ? Verdict.Allow : Verdict.Deny),
                one.Select(static result => result.Decision.Verdict));
        });
    }

    [Fact]
    public async Task An_answer_comes_while_the_stream_stays_open()
    {
        using AsyncDuplexStreamingCall<StreamCheckRequest, StreamCheckResponse> call =
            server.Throttle.StreamCheck(TestServer.Call);
        for (int i = 0; i < 3; i++)
        {
            CheckItem item = new() { CorrelationId = $"{i}", Contact = Contact(story), At = At(9) };
            await call.RequestStream.WriteAsync(new() { Items = { item } }, Cancellation);

            Assert.True(await call.ResponseStream.MoveNext(Cancellation));
            CheckItemResult result = Assert.Single(call.ResponseStream.Current.Results);
            Assert.Equal(($"{i}", Verdict.Allow), (result.CorrelationId, result.Decision.Verdict));
        }
    }

    [Fact]
    public async Task Who_does_not_read_is_not_read_from_and_gets_everything_once_they_do()
    {
        const int FarTooMany = 60;
        string fat = new('x', 120);
        using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> call =
            server.Throttle.StreamReserve(TestServer.Call);
        int written = 0;
        Task writing = Task.Run(
            async () =>
            {
                for (int message = 0; message < FarTooMany; message++)
                {
                    StreamReserveRequest request = new();
                    for (int i = 0; i < 1000; i++)
                    {
                        ReserveItem item = Item((message * 1000) + i, 0);
                        (item.Contact.Campaign, item.Contact.Topic) = (fat, fat);
                        request.Items.Add(item);
                    }

                    await call.RequestStream.WriteAsync(request, Cancellation);
                    Interlocked.Increment(ref written);
                }

                await call.RequestStream.CompleteAsync();
            },
            Cancellation);

        int before;
        do
        {
            before = Volatile.Read(ref written);
            await Task.WhenAny(writing, Task.Delay(TimeSpan.FromSeconds(2), Cancellation));
        }
        while (Volatile.Read(ref written) != before);

        Assert.False(writing.IsCompleted, "The server took everything from a caller that reads nothing.");
        List<ReserveItemResult> results = await ReadAllAsync(call.ResponseStream);
        await writing;
        Assert.Equal(FarTooMany * 1000, results.Count);
        Assert.Equal(results.Count, results.Select(static one => one.CorrelationId).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_message_with_too_many_items_or_none_ends_the_stream_after_what_came_before(int count)
    {
        using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> call =
            server.Throttle.StreamReserve(TestServer.Call);
        await call.RequestStream.WriteAsync(new() { Items = { Item(1, 0) } }, Cancellation);
        await call.RequestStream.WriteAsync(
            new() { Items = { Enumerable.Repeat(Item(2, 0), count) } }, Cancellation);

        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        Refusal refusal = Refusal.Of(await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(Cancellation)));

        Assert.Equal((StatusCode.InvalidArgument, "ITEMS_OUT_OF_RANGE", "items"),
            (refusal.Code, refusal.Reason, refusal.Field));
    }

    [Fact]
    public async Task A_stream_that_is_left_leaves_no_turn_taken()
    {
        for (int i = 0; i < 20; i++)
        {
            using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> call =
                server.Throttle.StreamReserve(TestServer.Call);
            await call.RequestStream.WriteAsync(
                new() { Items = { Enumerable.Range(0, 500).Select(one => Item(one, i)) } }, Cancellation);
        }

        using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> last =
            server.Throttle.StreamReserve(TestServer.Call);
        await last.RequestStream.WriteAsync(
            new() { Items = { Enumerable.Range(0, 500).Select(one => Item(one, 99)) } }, Cancellation);
        await last.RequestStream.CompleteAsync();

        Assert.Equal(500, (await ReadAllAsync(last.ResponseStream)).Count);
    }

    [Fact]
    public async Task What_a_killed_server_did_not_answer_is_asked_again_and_counted_once()
    {
        const int People = 5000;
        using TemporaryStore store = new();
        ReserveItem[] items = [.. Enumerable.Range(0, People).Select(i => Item(i, 0))];
        foreach (ReserveItem item in items)
        {
            (item.RequestId, item.At) = (NewRequest(), null);
        }

        Dictionary<string, ReserveItemResult> answered = [];
        string policy = $"--Server:FirstPolicyPath={store.Write("policy.yaml", TestPolicy.Document)}";
        using (ServerProcess victim = await ServerProcess.StartAsync(store.Path, policy))
        {
            await AskAsync(victim, items, answered, killAfter: 500);
        }

        Assert.InRange(answered.Count, 500, People - 1);
        Dictionary<string, ReserveItemResult> first = new(answered);
        answered.Clear();
        using ServerProcess heir = await ServerProcess.StartAsync(store.Path);
        await AskAsync(heir, items, answered, killAfter: null);

        Assert.Equal(People, answered.Count);
        Assert.All(answered.Values, static one => Assert.Equal(Verdict.Allow, one.Decision.Verdict));
        Assert.All(first, one => Assert.Equal(one.Value, answered[one.Key]));
    }

    [Fact]
    public async Task A_server_that_stops_answers_what_it_took_and_says_so()
    {
        // The connection closes right after the last stream on it. The client of .NET forgets what it has read of a
        // stream that is still open to write when it hears of that before whoever waits wakes up: then it says no more
        // than Unavailable, and only a server that says so every time says nothing.
        const int TriesMax = 5;
        RpcException error = await StoppedAsync();
        for (int tries = 1; tries < TriesMax && error.Trailers.Count == 0; tries++)
        {
            Assert.Equal(StatusCode.Unavailable, error.StatusCode);
            error = await StoppedAsync();
        }

        Refusal refusal = Refusal.Of(error);
        Assert.Equal((StatusCode.Unavailable, "SHUTTING_DOWN"), (refusal.Code, refusal.Reason));
    }

    /// <summary>What a caller hears who has asked a stream when the server is told to stop.</summary>
    private async Task<RpcException> StoppedAsync()
    {
        using TemporaryStore store = new();
        using ServerProcess stopping = await ServerProcess.StartAsync(store.Path);
        using Grpc.Net.Client.GrpcChannel channel = stopping.Connect();
        using AsyncDuplexStreamingCall<StreamCheckRequest, StreamCheckResponse> call =
            new ThrottleService.ThrottleServiceClient(channel).StreamCheck(TestServer.Call);
        CheckItem item = new() { Contact = Contact(story) };
        await call.RequestStream.WriteAsync(new() { Items = { item } }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));

        stopping.Terminate();
        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(Cancellation));

        Assert.Equal(0, await stopping.ExitAsync());
        return error;
    }

    private static async Task AskAsync(
        ServerProcess server, ReserveItem[] items, Dictionary<string, ReserveItemResult> answered, int? killAfter)
    {
        using Grpc.Net.Client.GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> call =
            new ThrottleService.ThrottleServiceClient(channel).StreamReserve(TestServer.Call);
        Task writing = WriteAsync(call.RequestStream, items);
        try
        {
            while (await call.ResponseStream.MoveNext(Cancellation))
            {
                call.ResponseStream.Current.Results.ToList().ForEach(one => answered.Add(one.CorrelationId, one));
                if (answered.Count >= killAfter)
                {
                    await server.KillAsync();
                }
            }
        }
        catch (RpcException) when (killAfter is not null)
        {
            // It is dead.
        }

        await writing;
    }

    private static async Task WriteAsync(IClientStreamWriter<StreamReserveRequest> stream, ReserveItem[] items)
    {
        try
        {
            foreach (ReserveItem[] piece in items.Chunk(50))
            {
                await stream.WriteAsync(new() { Items = { piece } }, Cancellation);
            }

            await stream.CompleteAsync();
        }
        catch (Exception broken) when (broken is RpcException or InvalidOperationException or IOException)
        {
            // Whoever reads learns why.
        }
    }

    private static async Task<List<ReserveItemResult>> ReadAllAsync(IAsyncStreamReader<StreamReserveResponse> stream)
    {
        List<ReserveItemResult> results = [];
        while (await stream.MoveNext(Cancellation))
        {
            results.AddRange(stream.Current.Results);
        }

        return results;
    }

    private ReserveItem Item(int person, int number) => new()
    {
        CorrelationId = $"{person}/{number}", Contact = Contact($"{story} {person}"), At = At(9),
    };
}
