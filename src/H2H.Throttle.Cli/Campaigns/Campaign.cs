using Grpc.Core;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Client;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>
/// Asks about an audience through streams: when one breaks, another goes on with what was not answered, under the same
/// request ids. How much is held does not grow with the audience.
/// </summary>
internal sealed class Campaign
{
    private const int PendingMax = 8000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider clock = TimeProvider.System;
    private readonly Func<CancellationToken, IVerdictStream> open;
    private readonly CampaignPlan plan;
    private readonly VerdictFile verdicts;
    private readonly CampaignTally tally;
    private readonly TimeSpan patience;
    private readonly PendingLines pending = new(PendingMax);
    private long lastAnswer;
    private long dueSince;
    private long brokenAfter;

    /// <param name="open">Opens a stream.</param>
    /// <param name="plan">What is asked.</param>
    /// <param name="verdicts">Takes the verdicts.</param>
    /// <param name="tally">Counts them.</param>
    /// <param name="patience">How long no answer may come before it is given up.</param>
    public Campaign(
        Func<CancellationToken, IVerdictStream> open,
        CampaignPlan plan,
        VerdictFile verdicts,
        CampaignTally tally,
        TimeSpan patience)
    {
        (this.open, this.plan, this.verdicts, this.tally, this.patience) = (open, plan, verdicts, tally, patience);
        lastAnswer = dueSince = clock.GetTimestamp();
    }

    /// <summary>How often a stream broke.</summary>
    public int Resumed { get; private set; }

    /// <summary>How long no answer has come; zero if none is due.</summary>
    public TimeSpan Silence => pending.Any
        ? clock.GetElapsedTime(Math.Max(Volatile.Read(ref lastAnswer), Volatile.Read(ref dueSince)))
        : TimeSpan.Zero;

    /// <param name="lines">Those that have no verdict yet, in order.</param>
    /// <param name="cancellation">Stops; what was answered is written.</param>
    /// <exception cref="ThrottleException">The server refused to answer, or patience is at its end.</exception>
    /// <exception cref="UnusableException">The audience makes no sense, or nothing is decided.</exception>
    public async Task RunAsync(IEnumerable<AudienceLine> lines, CancellationToken cancellation)
    {
        AudienceReader left = new(lines, cancellation);
        while (pending.Any || await left.AnyAsync(cancellation))
        {
            try
            {
                await StreamAsync(left, cancellation);
                return;
            }
            catch (ThrottleException broken) when (broken.MayBeRepeated
                && !cancellation.IsCancellationRequested
                && Silence < patience)
            {
                CountBreak();
                await Task.Delay(broken.RetryAfter ?? Pause, clock, cancellation);
            }
        }
    }

    /// <summary>A try that fails before anything was answered is of the same break.</summary>
    private void CountBreak()
    {
        long answer = Volatile.Read(ref lastAnswer);
        Resumed += answer == brokenAfter ? 0 : 1;
        brokenAfter = answer;
    }

    private async Task StreamAsync(AudienceReader left, CancellationToken cancellation)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using IVerdictStream stream = open(ending.Token);
        CancellationToken ended = ending.Token;
        Func<Task> end = ending.CancelAsync;
        Func<IReadOnlyList<AudienceLine>, CancellationToken, Task> ask = stream.WriteAsync;
        Func<Task> complete = stream.CompleteAsync;
        Task asking = Task.Run(
            async () =>
            {
                await AskOrEndAsync(ask, left, end, ended);
                await complete();
            },
            ended);
        try
        {
            while (await stream.ReadAsync(cancellation) is { } answers)
            {
                await TakeAsync(answers);
            }

            await asking;
        }
        catch (ThrottleException)
        {
            await ending.CancelAsync();
            await EndAsync(asking);
            throw;
        }
    }

    private async Task AskOrEndAsync(
        Func<IReadOnlyList<AudienceLine>, CancellationToken, Task> ask,
        AudienceReader left,
        Func<Task> end,
        CancellationToken cancellation)
    {
        try
        {
            await AskAsync(ask, left, cancellation);
        }
        catch (UnusableException)
        {
            await end();   // nobody else will
            throw;
        }
    }

    /// <summary>Asks what an earlier stream left, then the rest, and goes on until everything is answered.</summary>
    private async Task AskAsync(
        Func<IReadOnlyList<AudienceLine>, CancellationToken, Task> ask,
        AudienceReader left,
        CancellationToken cancellation)
    {
        await AskAsync(ask, pending.All(), cancellation);
        Task<bool>? coming = null;
        while (true)
        {
            await AskAgainAsync(ask, cancellation);
            if (!await pending.RoomAsync(cancellation))
            {
                continue;
            }

            coming ??= left.AnyAsync(cancellation).AsTask();
            if (!coming.IsCompleted)
            {
                await Task.WhenAny(coming, Task.Delay(Pause, clock, cancellation));
                continue;   // meanwhile something may have to be asked again
            }

            if (!await coming)
            {
                break;
            }

            coming = null;
            await AskAsync(ask, await NextAsync(left), cancellation);
        }

        while (await pending.SomeAsync(cancellation))
        {
            await AskAgainAsync(ask, cancellation);
        }
    }

    private static async Task AskAsync(
        Func<IReadOnlyList<AudienceLine>, CancellationToken, Task> ask,
        IReadOnlyList<AudienceLine> lines,
        CancellationToken cancellation)
    {
        foreach (IReadOnlyList<AudienceLine> piece in LinePieces.Of(lines))
        {
            await ask(piece, cancellation);
        }
    }

    /// <summary>The lines that have come and can be asked about; bad ones are written down.</summary>
    private async Task<IReadOnlyList<AudienceLine>> NextAsync(AudienceReader left)
    {
        List<AudienceLine> good = new(LinePieces.LinesMax);
        List<VerdictRow> bad = [];
        while (good.Count + bad.Count < LinePieces.LinesMax && left.TryTake(out AudienceLine? line))
        {
            if (line.Contact is not null)
            {
                good.Add(line);
            }
            else
            {
                bad.Add(VerdictRow.OfBad(line, plan.Run));
            }
        }

        if (!pending.Any)
        {
            Volatile.Write(ref dueSince, clock.GetTimestamp());
        }

        pending.Add(good);
        await WriteAsync(bad);
        return good;
    }

    /// <summary>What the server could not answer for now is asked again, a little later.</summary>
    private async Task AskAgainAsync(
        Func<IReadOnlyList<AudienceLine>, CancellationToken, Task> ask, CancellationToken cancellation)
    {
        if (pending.TakeUnanswered() is not { Count: > 0 } again)
        {
            return;
        }

        if (Silence > patience)
        {
            throw new UnusableException(
                $"The server has decided nothing for {patience.TotalSeconds:0} s. Repeat the command to go on.");
        }

        await Task.Delay(Pause, clock, cancellation);
        await AskAsync(ask, again, cancellation);
    }

    private async Task TakeAsync(IReadOnlyList<LineAnswer> answers)
    {
        List<VerdictRow> rows = new(answers.Count);
        foreach (LineAnswer answer in answers)
        {
            if (answer.MayBeRepeated)
            {
                pending.Leave(answer.Line);
            }
            else if (pending.Take(answer.Line) is { } line)
            {
                rows.Add(answer.Error is { } error
                    ? VerdictRow.Of(line, plan.Run, error)
                    : VerdictRow.Of(line, plan.Run, answer.Decision!, answer.Reservation));
            }
        }

        if (rows.Count > 0)
        {
            Volatile.Write(ref lastAnswer, clock.GetTimestamp());
            await WriteAsync(rows);
        }

        pending.Wake();   // only now: what is written is what is done
    }

    private async Task WriteAsync(IReadOnlyList<VerdictRow> rows)
    {
        await verdicts.WriteAsync(rows);
        foreach (VerdictRow row in rows)
        {
            tally.Count(row);
        }
    }

    /// <summary>The stream ended before all was asked; its answers said why.</summary>
    private static async Task EndAsync(Task asking)
    {
        try
        {
            await asking;
        }
        catch (Exception broken) when (broken is RpcException or InvalidOperationException or IOException
            or OperationCanceledException)
        {
            // Told by the reader.
        }
    }
}
