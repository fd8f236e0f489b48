using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;

namespace H2H.Throttle.Redis.Tests.Connections;

/// <summary>Many callers, asked together: each is answered, by its own answer, whatever happens to others.</summary>
public sealed class GatheringTests
{
    private const int HangMs = 120_000;
    private const int Callers = 64;
    private const int QuestionsEach = 500;
    private const int Piece = 16;
    private const int UnderWayMax = 4;

    private int underWay;
    private int most;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = HangMs)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task In_a_storm_of_failures_and_callers_who_leave_every_call_ends_by_its_own_answer(int seed)
    {
        Gathering<int, string> gathering = new(
            (questions, _) => AskBadlyAsync(questions, seed), Piece, TimeProvider.System);

        int[][] counts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(
            caller => Task.Run(() => CallAsync(gathering, caller, new Random((seed * Callers) + caller)))));

        Assert.All(Enumerable.Range(0, 3), ending => Assert.True(counts.Sum(count => count[ending]) > 0));
        Assert.InRange(most, 1, UnderWayMax);
        await Task.WhenAll(Enumerable.Range(0, 2 * UnderWayMax).Select(async number =>
        {
            int good = Good(number);
            Assert.Equal($"answer {good}", await gathering.AskAsync(good, Cancellation));
        }));
    }

    [Fact(Timeout = HangMs)]
    public async Task What_comes_while_others_are_under_way_goes_together_in_its_order_when_one_has_ended()
    {
        List<int[]> asked = [];
        List<TaskCompletionSource> answers = [];
        Gathering<int, string> gathering = new(
            async (questions, _) =>
            {
                TaskCompletionSource answer = new();
                asked.Add(questions);
                answers.Add(answer);
                await answer.Task;
                return Answers(questions);
            },
            Piece,
            TimeProvider.System);

        Task<string>[] calls = [.. Enumerable.Range(0, 30).Select(number => gathering.AskAsync(number, Cancellation))];
        Assert.Equal([[0], [1], [2], [3]], asked);
        answers[2].SetResult();
        Assert.Equal(Enumerable.Range(4, Piece), asked[4]);
        answers[0].SetResult();
        Assert.Equal(Enumerable.Range(4 + Piece, 30 - 4 - Piece), asked[5]);
        answers.ForEach(static answer => answer.TrySetResult());

        Assert.Equal(Enumerable.Range(0, 30).Select(static number => $"answer {number}"), await Task.WhenAll(calls));
    }

    [Fact(Timeout = HangMs)]
    public async Task Whatever_goes_wrong_fails_those_who_were_asked_for_and_nobody_after_them()
    {
        Exception[] wrong =
        [
            new InsufficientMemoryException(), new IOException(), new StoreException(StoreFailure.Full, "full"),
            new TaskCanceledException(), new InvalidOperationException(), new ObjectDisposedException("link"),
        ];
        int at = 0;
        Gathering<int, string> gathering = new(
            (questions, _) => at < wrong.Length ? throw wrong[at++] : Task.FromResult(Answers(questions)),
            Piece,
            TimeProvider.System);

        foreach (Exception error in wrong)
        {
            Task<string> call = gathering.AskAsync(7, Cancellation);
            Assert.IsType(error.GetType(), await Assert.ThrowsAnyAsync<Exception>(() => call));
        }

        Assert.Equal("answer 7", await gathering.AskAsync(7, Cancellation));
    }

    [Fact(Timeout = HangMs)]
    public async Task Too_few_answers_fail_those_who_get_none()
    {
        TaskCompletionSource open = new();
        Gathering<int, string> gathering = new(
            async (questions, _) =>
            {
                await open.Task;
                return Answers(questions)[..1];
            },
            Piece,
            TimeProvider.System);

        Task<string>[] calls =
            [.. Enumerable.Range(0, UnderWayMax + Piece).Select(number => gathering.AskAsync(number, Cancellation))];
        open.SetResult();

        string[] answers = await Task.WhenAll(calls[..(UnderWayMax + 1)]);
        Assert.Equal(Enumerable.Range(0, UnderWayMax + 1).Select(static number => $"answer {number}"), answers);
        foreach (Task<string> call in calls[(UnderWayMax + 1)..])
        {
            await Assert.ThrowsAsync<IndexOutOfRangeException>(() => call);
        }

        Assert.Equal("answer 98", await gathering.AskAsync(98, Cancellation));
    }

    /// <summary>How many were answered, failed, and left.</summary>
    private static async Task<int[]> CallAsync(Gathering<int, string> gathering, int caller, Random dice)
    {
        int[] counts = new int[3];
        for (int number = 0; number < QuestionsEach; number++)
        {
            int question = (caller * QuestionsEach) + number;
            using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            Task<string> call = gathering.AskAsync(question, dice.Next(4) == 0 ? default : leaving.Token);
            if (dice.Next(5) == 0)
            {
                await leaving.CancelAsync();
            }

            try
            {
                Assert.Equal($"answer {question}", await call);
                counts[0]++;
            }
            catch (StoreException failed)
            {
                // One that failed by itself is told of by its own words.
                Assert.True(!IsBad(question) || failed.Message is "all" || failed.Message == $"{question}");
                counts[1]++;
            }
            catch (OperationCanceledException) when (leaving.IsCancellationRequested)
            {
                counts[2]++;
            }
        }

        return counts;
    }

    /// <summary>Answers at once or later; some questions fail, and now and then all that are asked together.</summary>
    private async Task<StoreAnswer<string>[]> AskBadlyAsync(int[] questions, int seed)
    {
        Assert.InRange(questions.Length, 1, Piece);
        int now = Interlocked.Increment(ref underWay);
        InterlockedMax(now);
        try
        {
            Random dice = new((seed * 31) + questions[0]);
            if (dice.Next(3) > 0)
            {
                await Task.Yield();
            }

            if (dice.Next(10) == 0 && questions[0] < Callers * QuestionsEach)
            {
                throw new StoreException(StoreFailure.Unavailable, "all");
            }

            return Answers(questions);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    private void InterlockedMax(int now)
    {
        for (int before = Volatile.Read(ref most); before < now;)
        {
            before = Interlocked.CompareExchange(ref most, now, before) == before ? now : Volatile.Read(ref most);
        }
    }

    private static StoreAnswer<string>[] Answers(int[] questions) => Array.ConvertAll(
        questions,
        static question => IsBad(question)
            ? new StoreAnswer<string>(null, new StoreException(StoreFailure.Foreign, $"{question}"))
            : new StoreAnswer<string>($"answer {question}", null));

    private static bool IsBad(int question) => question % 50 == 49;

    /// <summary>A question that nobody else asks, and that never fails.</summary>
    private static int Good(int number) => ((Callers + number) * QuestionsEach) + 1;
}
