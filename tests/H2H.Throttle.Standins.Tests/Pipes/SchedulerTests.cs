using System.Collections.Concurrent;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace H2H.Throttle.Standins.Tests.Pipes;

public sealed class SchedulerTests
{
    private const int HangMs = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangMs)]
    public async Task Everything_scheduled_runs_once_on_the_threads_or_on_the_pool()
    {
        const int many = 10_000;
        using DedicatedThreadPoolPipeScheduler scheduler = new("test", workerCount: 3, useThreadPoolQueueLength: 5);
        ConcurrentBag<int> ran = [];
        using CountdownEvent left = new(many);

        for (int i = 0; i < many; i++)
        {
            scheduler.Schedule(state => { ran.Add((int)state!); left.Signal(); }, i);
        }

        await Task.Run(() => left.Wait(Cancellation), Cancellation);
        Assert.Equal(Enumerable.Range(0, many), ran.Order());
        Assert.Equal(many, scheduler.TotalServicedByPool + scheduler.TotalServicedByQueue);
        Assert.Equal(3, scheduler.WorkerCount);
    }

    [Fact(Timeout = HangMs)]
    public async Task After_disposing_the_pool_runs_what_is_scheduled()
    {
        DedicatedThreadPoolPipeScheduler scheduler = new("test", workerCount: 1);
        scheduler.Dispose();
        TaskCompletionSource<string?> ran = new();

        scheduler.Schedule(_ => ran.SetResult(Thread.CurrentThread.Name), null);

        Assert.NotEqual("test:0", await ran.Task);
    }

    [Fact(Timeout = HangMs)]
    public async Task An_operation_given_up_fails_its_awaiter_and_stays_so()
    {
        using SocketAwaitableEventArgs arguments = new();
        Task<int> waiting = Task.Run(async () => await arguments, Cancellation);

        arguments.Abort(SocketError.TimedOut);
        arguments.Complete();

        SocketException failed = await Assert.ThrowsAsync<SocketException>(() => waiting);
        Assert.Equal(SocketError.TimedOut, failed.SocketErrorCode);
        Assert.True(arguments.IsCompleted);
    }

    [Fact(Timeout = HangMs)]
    public async Task An_operation_is_awaited_again_and_again()
    {
        using SocketAwaitableEventArgs arguments = new();
        for (int i = 0; i < 1000; i++)
        {
            Task<int> waiting = Task.Run(async () => await arguments, Cancellation);
            arguments.Complete();
            Assert.Equal(0, await waiting);
        }
    }
}
