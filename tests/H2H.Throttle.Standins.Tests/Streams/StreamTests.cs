using Grpc.Core;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Streams;

public sealed class StreamTests(EchoServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_of_requests_gets_one_answer_when_it_is_complete()
    {
        using var call = server.Client.Join(cancellationToken: Cancellation);

        foreach (string word in (string[])["ask", "before", "you", "call"])
        {
            await call.RequestStream.WriteAsync(new Saying { Text = word }, Cancellation);
        }

        await call.RequestStream.CompleteAsync();
        Saying answer = await call;

        Assert.Equal("ask before you call", answer.Text);
        Assert.Equal("client stream", call.GetTrailers().GetValue(NotingInterceptor.Trailer));
    }

    [Fact]
    public async Task A_stream_of_answers_comes_in_order_and_ends()
    {
        using var call = server.Client.Split(new Saying { Text = "one two three" }, cancellationToken: Cancellation);

        List<string> words = [];
        await foreach (Saying saying in call.ResponseStream.ReadAllAsync(Cancellation))
        {
            words.Add(saying.Text);
        }

        Assert.Equal(["one", "two", "three"], words);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Equal("server stream", call.GetTrailers().GetValue(NotingInterceptor.Trailer));
    }

    [Fact]
    public async Task Both_streams_take_turns()
    {
        using var call = server.Client.Converse(cancellationToken: Cancellation);

        for (int turn = 0; turn < 100; turn++)
        {
            await call.RequestStream.WriteAsync(new Saying { Text = $"turn {turn}" }, Cancellation);
            Assert.True(await call.ResponseStream.MoveNext(Cancellation));
            Assert.Equal($"turn {turn}", call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal("both streams", call.GetTrailers().GetValue(NotingInterceptor.Trailer));
    }

    [Fact]
    public async Task A_long_stream_neither_loses_nor_reorders()
    {
        const int Messages = 5_000;
        using var call = server.Client.Converse(cancellationToken: Cancellation);
        Task writing = WriteAsync();

        List<string> answers = [];
        await foreach (Saying saying in call.ResponseStream.ReadAllAsync(Cancellation))
        {
            answers.Add(saying.Text);
        }

        await writing;
        Assert.Equal(Enumerable.Range(0, Messages).Select(static number => $"{number}"), answers);

        async Task WriteAsync()
        {
            call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
            for (int number = 0; number < Messages; number++)
            {
                await call.RequestStream.WriteAsync(new Saying { Text = $"{number}" }, Cancellation);
            }

            await call.RequestStream.CompleteAsync();
        }
    }

    [Fact]
    public async Task A_writer_that_cannot_cancel_refuses_a_token_that_can_be_cancelled()
    {
        SilentWriter writer = new();
        IAsyncStreamWriter<string> stream = writer;

        await stream.WriteAsync("heard", CancellationToken.None);
        using CancellationTokenSource source = new();
        await Assert.ThrowsAsync<NotSupportedException>(() => stream.WriteAsync("refused", source.Token));

        Assert.Equal(["heard"], writer.Written);
    }

    private sealed class SilentWriter : IAsyncStreamWriter<string>
    {
        public List<string> Written { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message)
        {
            Written.Add(message);
            return Task.CompletedTask;
        }
    }
}
