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
        new ServerOptions { AsksAtOnceMax = 2, AsksWaitingMax = 3, AskWaitMaxMs = 1000, OverloadWaitMs = 100 },
        clock,
        log);

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
    public async Task While_overload_lasts_only_so_many_wait_as_are_answered_soon_and_then_many_may_again()
    {
        Task[] all = [.. Enumerable.Range(0, 5).Select(_ => EnterAsync())];
        Queue<Task> waiting = new(all[2..]);
        for (int moment = 0; moment < 5; moment++)   // ten are answered a second: one in 100 ms
        {
            clock.Move(TimeSpan.FromMilliseconds(200));
            queue.Leave(2);
            await waiting.Dequeue();
            await waiting.Dequeue();
            waiting.Enqueue(EnterAsync());
            waiting.Enqueue(EnterAsync());
        }

        clock.Move(TimeSpan.FromMilliseconds(200));
        queue.Leave(2);
        Task refused = EnterAsync();
        int left = queue.Waiting;
        queue.Leave(1);
        Task[] many = [.. Enumerable.Range(0, 3).Select(_ => EnterAsync())];

        await Assert.ThrowsAsync<RefusedException>(() => refused);
        Assert.Equal((1, 1), (left, queue.TurnedAway));
        Assert.DoesNotContain(many, static one => one.IsFaulted);
        Assert.Equal((2, 3), (queue.Working, queue.Waiting));
    }

    [Fact]
    public async Task While_nothing_is_answered_nobody_else_may_wait_until_those_are_gone_who_did()
    {
        List<Task> all = [.. Enumerable.Range(0, 3).Select(_ => EnterAsync())];
        clock.Move(TimeSpan.FromMilliseconds(900));
        all.Add(EnterAsync());
        clock.Move(TimeSpan.FromMilliseconds(200));
        Task refused = EnterAsync();
        clock.Move(TimeSpan.FromMilliseconds(900));
        Task waits = EnterAsync();

        await Assert.ThrowsAsync<RefusedException>(() => all[2]);
        await Assert.ThrowsAsync<RefusedException>(() => all[3]);
        await Assert.ThrowsAsync<RefusedException>(() => refused);
        Assert.False(waits.IsCompleted);
    }

    [Fact]
    public void A_question_is_turned_away_at_the_door_if_and_only_if_it_would_be_refused()
    {
        for (int entered = 0; entered < 5; entered++)
        {
            Assert.False(queue.TurnsAway());
            Assert.True(EnterAsync() is { IsFaulted: false });
        }

        Assert.True(queue.TurnsAway());
        Assert.True(EnterAsync().IsFaulted);
        Assert.Equal(2, queue.TurnedAway);
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
