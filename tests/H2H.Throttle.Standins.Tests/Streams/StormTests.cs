using System.Collections.Concurrent;
using Grpc.Core;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Streams;

/// <summary>Many calls at once, of every kind, left by their callers at any moment. Each seed is one storm.</summary>
[Collection(nameof(AloneCollection))]
public sealed class StormTests(EchoServer server)
{
    private const int Calls = 1_000;
    private const int AtOnceMax = 64;
    private const int MessagesMax = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Calls_that_are_left_at_any_moment_leave_nothing_behind(int seed)
    {
        ConcurrentQueue<Exception> forgotten = [];
        void Note(object? sender, UnobservedTaskExceptionEventArgs args) => forgotten.Enqueue(args.Exception);
        ConcurrentDictionary<StatusCode, int> endings = new();
        Collect();
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await Parallel.ForAsync(
                0, Calls, new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = Cancellation },
                async (number, _) =>
                {
                    StatusCode ending = await CallAsync(new Random((seed * Calls) + number));
                    endings.AddOrUpdate(ending, 1, static (_, count) => count + 1);
                });
            Collect();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.Empty(forgotten);
        Assert.Equal([StatusCode.OK, StatusCode.Cancelled], endings.Keys.Order());
        Assert.Equal(Calls, endings.Values.Sum());
        Saying after = await server.Client.SayAsync(new Saying { Text = "calm" }, cancellationToken: Cancellation);
        Assert.Equal("calm", after.Text);
    }

    /// <summary>A call of some kind that is left after some messages, or never.</summary>
    private async Task<StatusCode> CallAsync(Random dice)
    {
        using CancellationTokenSource caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        int messages = dice.Next(1, MessagesMax);
        int leaveAfter = dice.Next(0, 2 * MessagesMax);
        Action leave = caller.Cancel;
        try
        {
            switch (dice.Next(5))
            {
                case 0:
                    await SayAsync(leaveAfter == 0 ? leave : null, caller.Token);
                    break;
                case 1:
                    await JoinAsync(messages, leaveAfter, leave, caller.Token);
                    break;
                case 2:
                    await SplitAsync(messages, leaveAfter, leave, caller.Token);
                    break;
                case 3:
                    await ConverseAsync(messages, leaveAfter, leave, caller.Token);
                    break;
                default:
                    Abandon(caller.Token);
                    break;
            }

            return StatusCode.OK;
        }
        catch (RpcException ended)
        {
            return ended.StatusCode;
        }
        catch (OperationCanceledException) when (caller.IsCancellationRequested)
        {
            return StatusCode.Cancelled;
        }
    }

    private async Task SayAsync(Action? leave, CancellationToken cancellation)
    {
        using var call = server.Client.SayAsync(new Saying { Text = "a" }, cancellationToken: cancellation);
        leave?.Invoke();
        Assert.Equal("a", (await call).Text);
    }

    private async Task JoinAsync(int messages, int leaveAfter, Action leave, CancellationToken cancellation)
    {
        using var call = server.Client.Join(cancellationToken: cancellation);
        for (int number = 0; number < messages; number++)
        {
            LeaveAt(number, leaveAfter, leave);
            await call.RequestStream.WriteAsync(new Saying { Text = $"{number}" }, cancellation);
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(string.Join(' ', Enumerable.Range(0, messages)), (await call).Text);
    }

    private async Task SplitAsync(int messages, int leaveAfter, Action leave, CancellationToken cancellation)
    {
        string text = string.Join(' ', Enumerable.Range(0, messages));
        using var call = server.Client.Split(new Saying { Text = text }, cancellationToken: cancellation);
        int number = 0;
        await foreach (Saying saying in call.ResponseStream.ReadAllAsync(cancellation))
        {
            LeaveAt(number, leaveAfter, leave);
            Assert.Equal($"{number++}", saying.Text);
        }

        Assert.Equal(messages, number);
    }

    private async Task ConverseAsync(int messages, int leaveAfter, Action leave, CancellationToken cancellation)
    {
        using var call = server.Client.Converse(cancellationToken: cancellation);
        for (int number = 0; number < messages; number++)
        {
            await call.RequestStream.WriteAsync(new Saying { Text = $"{number}" }, cancellation);
            LeaveAt(number, leaveAfter, leave);
            Assert.True(await call.ResponseStream.MoveNext(cancellation));
            Assert.Equal($"{number}", call.ResponseStream.Current.Text);
        }
    }

    /// <summary>Starts calls of every kind and goes away without a word.</summary>
    private void Abandon(CancellationToken cancellation)
    {
        server.Client.SayAsync(new Saying(), cancellationToken: cancellation).Dispose();
        server.Client.Join(cancellationToken: cancellation).Dispose();
        server.Client.Split(new Saying { Text = "a b" }, cancellationToken: cancellation).Dispose();
        server.Client.Converse(cancellationToken: cancellation).Dispose();
    }

    private static void LeaveAt(int number, int leaveAfter, Action leave)
    {
        if (number == leaveAfter)
        {
            leave();
        }
    }

    /// <summary>A task's exception counts as forgotten when the task is finalized.</summary>
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
