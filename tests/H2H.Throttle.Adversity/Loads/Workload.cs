using System.Collections.Immutable;
using System.Diagnostics;
using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Adversity.Simulation;
using NodaTime;

namespace H2H.Throttle.Adversity.Loads;

/// <summary>
/// Clients who ask real servers, all at once, and ask again when they hear nothing; and somebody who disturbs them.
/// </summary>
/// <param name="servers">Any of them may be asked anything.</param>
/// <param name="clients">How many at once.</param>
/// <param name="seed">Decides what is asked; how the calls meet is the machine's to decide.</param>
internal sealed class Workload(ImmutableArray<IServer> servers, int clients, int seed)
{
    /// <summary>How soon the service answers again after whatever happened to it.</summary>
    public static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(60);

    private const int ClientsAPerson = 3;
    private const int CallsEach = 14;
    private const int LeapMostMs = 15 * 60_000;

    /// <summary>Keeps a history well within the day for which request ids are remembered.</summary>
    private const int LeapsMostMs = 12 * 16 * 3_600_000;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);

    private readonly SemaphoreSlim disturbances = new(0);
    private readonly List<long> disturbedAt = [];
    private readonly List<(long Begun, long Ended)> rounds = [];
    private int disturbEvery = int.MaxValue;
    private int answered;
    private int unanswered;

    public int Answered => answered;

    public int Unanswered => unanswered;

    /// <summary>How often <c>disturb</c> was called.</summary>
    public int Disturbed => disturbedAt.Count;

    /// <summary>Whether a disturbance began during a history, or so soon after it.</summary>
    /// <param name="round">Which history, from 0.</param>
    /// <param name="soon">What counts as soon.</param>
    public bool IsDisturbed(int round, TimeSpan soon) => disturbedAt.Exists(at =>
        at >= rounds[round].Begun && Stopwatch.GetElapsedTime(rounds[round].Ended, at) <= soon);

    /// <summary>
    /// Lives through so many histories, each of people of its own, while somebody disturbs it. In the end every person
    /// is looked at once more.
    /// </summary>
    /// <param name="count">How many histories.</param>
    /// <param name="every">After how many answers the disturbance happens, again and again.</param>
    /// <param name="disturb">It happens while the clients go on.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ImmutableArray<History>> RunAsync(
        int count, int every, Func<CancellationToken, Task> disturb, CancellationToken cancellation)
    {
        disturbEvery = every;
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task disturbing = DisturbAsync(disturb, over.Token, cancellation);
        List<(Recorder Recorder, string[] People, Instant End)> lived = [];
        for (int round = 0; round < count; round++)
        {
            long begun = Stopwatch.GetTimestamp();
            lived.Add(await RunRoundAsync(round, cancellation));
            rounds.Add((begun, Stopwatch.GetTimestamp()));
        }

        await over.CancelAsync();
        await disturbing;
        foreach ((Recorder recorder, string[] people, Instant end) in lived)
        {
            await LookAsync(people, end, recorder, cancellation);
        }

        return [.. lived.Select(static round => new History(round.Recorder.Calls))];
    }

    private async Task DisturbAsync(
        Func<CancellationToken, Task> disturb, CancellationToken over, CancellationToken cancellation)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                await disturbances.WaitAsync(over);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            disturbedAt.Add(Stopwatch.GetTimestamp());
            await disturb(cancellation);
        }
    }

    private async Task<(Recorder Recorder, string[] People, Instant End)> RunRoundAsync(
        int round, CancellationToken cancellation)
    {
        Random random = new((seed * 10_000) + round);
        Recorder recorder = new();
        string[] people = [.. Enumerable.Range(0, Math.Max(1, clients / ClientsAPerson)).Select(n => $"p{round}-{n}")];
        CallMix mix = new(random.Next, people);
        Instant now = Start;
        int leap = Math.Min(LeapMostMs, LeapsMostMs / (clients * CallsEach));
        (Call, Instant) Next()
        {
            lock (mix)
            {
                now += Duration.FromMilliseconds(random.Next(8) == 0 ? random.Next(leap) : 0);
                return (mix.Next(now), now + Duration.FromMilliseconds(random.Next(-20_000, 20_000)));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, clients).Select(number => Task.Run(
            async () =>
            {
                for (int count = 0; count < CallsEach; count++)
                {
                    (Call call, Instant at) = Next();
                    if (await PersistAsync(call, at, number + count, recorder, cancellation) is { } answer)
                    {
                        lock (mix)
                        {
                            mix.Learn(call, answer);
                        }
                    }
                }
            },
            cancellation)));
        await LookAsync(people, now, recorder, cancellation);
        return (recorder, people, now);
    }

    private async Task LookAsync(
        string[] people, Instant now, Recorder recorder, CancellationToken cancellation)
    {
        foreach (string person in people)
        {
            Call look = new(CallKind.List, person, "end");
            while (await TryAsync(look, now, 0, recorder, cancellation) is null)
            {
                await BackAsync(cancellation);
            }
        }
    }

    /// <summary>Asks until there is an answer, as far as the call is safe to repeat; null: there is none.</summary>
    private async Task<Answer?> PersistAsync(
        Call call, Instant at, int server, Recorder recorder, CancellationToken cancellation)
    {
        while (true)
        {
            Answer? answer = await TryAsync(call, at, server++, recorder, cancellation);
            if (answer is not null || call.RequestId is null)
            {
                return answer;
            }

            await BackAsync(cancellation);
        }
    }

    private async Task<Answer?> TryAsync(
        Call call, Instant at, int server, Recorder recorder, CancellationToken cancellation)
    {
        int number = server % servers.Length;
        RecordedCall recorded = recorder.Begin(call, $"s{number}", at);
        (Answer? answer, bool wasSent) = await AskAsync(number, call, at, cancellation);
        if (!wasSent)
        {
            recorder.Forget(recorded);
        }
        else if (answer is null)
        {
            Interlocked.Increment(ref unanswered);
        }
        else if (answer.Words == $"{Answer.Refused} Contended")
        {
            recorder.Forget(recorded);
            return null;
        }
        else
        {
            recorder.End(recorded, answer);
            if (Interlocked.Increment(ref answered) % disturbEvery == 0)
            {
                disturbances.Release();
            }
        }

        return answer;
    }

    private async Task<(Answer? Answer, bool WasSent)> AskAsync(
        int number, Call call, Instant at, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(CallTimeout);
        try
        {
            return (await servers[number].AskAsync(call, at, limit.Token), true);
        }
        catch (UnansweredException failed)
        {
            return (null, failed.WasSent);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, true);
        }
    }

    /// <summary>Waits until some server answers. It is the promise that this takes no longer than the bound.</summary>
    private async Task BackAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(BackWithin);
        for (int number = 0; ; number = (number + 1) % servers.Length)
        {
            if (limit.IsCancellationRequested)
            {
                cancellation.ThrowIfCancellationRequested();
                throw new InvalidOperationException($"No server answered for {BackWithin.TotalSeconds} seconds.");
            }

            Call probe = new(CallKind.Check, "nobody", "probe") { Channel = "sms" };
            if (await AskAsync(number, probe, Start, cancellation) is { Answer: not null })
            {
                return;
            }

            await Task.Delay(20, cancellation);   // not to drown who is about to come back
        }
    }
}
