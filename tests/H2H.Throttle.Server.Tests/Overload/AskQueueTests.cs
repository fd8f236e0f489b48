using Grpc.Core;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Overload;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Overload;

public sealed class AskQueueTests
{
    private readonly HandClock clock = new();
    private readonly KeptLog<AskQueue> log = new();
    private readonly AskQueue queue;

    public AskQueueTests() => queue = new AskQueue(
        new ServerOptions { AsksAtOnceMax = 2, AsksWaitingMax = 3, AskWaitMaxMs = 1000 }, clock, log);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_work_so_many_wait_and_the_rest_is_refused()
    {
        Task[] all = [.. Enumerable.Range(0, 7).Select(_ => EnterAsync())];

        Assert.Equal([true, true, false, false, false, true, true], all.Select(static one => one.IsCompleted));
        Assert.Equal((2, 3), (queue.Working, queue.Waiting));
        RefusedException refused = await Assert.ThrowsAsync<RefusedException>(() => all[5]);
        Assert.Equal((StatusCode.ResourceExhausted, ErrorReason.Overloaded), (refused.Code, refused.Reason));
        Assert.NotNull(refused.RetryAfter);
    }

    [Fact]
    public async Task Whoever_leaves_lets_the_first_in_who_waits()
    {
        Task[] all = [.. Enumerable.Range(0, 5).Select(_ => EnterAsync())];

        queue.Leave(1);
        await all[2];
        queue.Leave(1);
        await all[3];

        Assert.False(all[4].IsCompleted);
        Assert.Equal((2, 1), (queue.Working, queue.Waiting));
    }

    [Fact]
    public async Task Whoever_waited_too_long_is_refused_and_who_came_later_is_let_in()
    {
        Task[] all = [.. Enumerable.Range(0, 3).Select(_ => EnterAsync())];
        clock.Move(TimeSpan.FromMilliseconds(800));
        Task young = EnterAsync();
        clock.Move(TimeSpan.FromMilliseconds(300));

        queue.Leave(1);

        await Assert.ThrowsAsync<RefusedException>(() => all[2]);
        await young;
        Assert.Equal((2, 0), (queue.Working, queue.Waiting));
    }

    [Fact]
    public async Task Whoever_gives_up_makes_room()
    {
        using CancellationTokenSource leaving = new();
        Task[] working = [EnterAsync(), EnterAsync()];
        Task given = queue.EnterAsync(3, isPatient: false, leaving.Token);
        Task refused = EnterAsync();

        await leaving.CancelAsync();
        Task waits = EnterAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await Assert.ThrowsAsync<RefusedException>(() => refused);
        Assert.False(waits.IsCompleted);
        Assert.All(working, static one => Assert.True(one.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Questions_that_come_together_count_each_and_are_let_in_alone_if_they_are_more_than_fit()
    {
        Task large = queue.EnterAsync(50, isPatient: false, Cancellation);
        Task next = EnterAsync();

        await large;
        Assert.False(next.IsCompleted);
        queue.Leave(50);
        await next;
        Assert.Equal(1, queue.Working);
    }

    [Fact]
    public async Task The_patient_are_never_refused()
    {
        Task[] patient =
            [.. Enumerable.Range(0, 20).Select(_ => queue.EnterAsync(2, isPatient: true, Cancellation))];
        clock.Move(TimeSpan.FromSeconds(60));

        foreach (Task one in patient)
        {
            await one;
            queue.Leave(2);
        }

        Assert.Equal((0, 0), (queue.Working, queue.Waiting));
    }

    [Fact]
    public void It_is_told_once_in_a_while_how_many_were_refused()
    {
        for (int i = 0; i < 20; i++)
        {
            _ = EnterAsync();
        }

        clock.Move(TimeSpan.FromSeconds(11));
        _ = EnterAsync();

        Assert.Equal(2, log.Lines.Count);
        Assert.StartsWith("Overloaded: 1 questions", log.Lines.First(), StringComparison.Ordinal);
    }

    private Task EnterAsync() => queue.EnterAsync(1, isPatient: false, Cancellation);
}
