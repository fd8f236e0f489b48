using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Adversity.Simulation;

/// <summary>
/// The line from one server to the store: every message takes its time, some are lost there, some on the way back, and
/// some arrive after their sender has given up.
/// </summary>
/// <param name="schedule">Says who is next.</param>
/// <param name="isShort">As if the store were in the server's own process, which is asked in another way.</param>
internal sealed class Link(Schedule schedule, bool isShort)
{
    private const double LostThere = 0.02;
    private const double LostBack = 0.02;
    private const double Belated = 0.02;

    public bool IsShort => isShort;

    /// <summary>False while the server starts: then nothing takes time and nothing is lost.</summary>
    public bool IsFaulty { get; set; }

    /// <summary>True once the server was killed: what is on its way arrives, and nobody hears the answer.</summary>
    public bool IsDead { get; set; }

    /// <summary>How many messages were lost or late.</summary>
    public int Faults { get; private set; }

    public async ValueTask<T> CarryAsync<T>(Func<ValueTask<T>> ask)
    {
        if (!IsFaulty)
        {
            return await ask();
        }

        if (schedule.Happens(Belated))
        {
            _ = ArriveLateAsync(ask);
            throw await LostAsync();
        }

        await schedule.TurnAsync();
        if (schedule.Happens(LostThere))
        {
            throw await LostAsync();
        }

        T answer = await ask();
        await schedule.TurnAsync();
        if (schedule.Happens(LostBack))
        {
            throw await LostAsync();
        }

        await EndIfDeadAsync();
        return answer;
    }

    private async Task ArriveLateAsync<T>(Func<ValueTask<T>> ask)
    {
        await schedule.TurnAsync();
        await schedule.TurnAsync();
        await ask();
    }

    private async Task<StoreException> LostAsync()
    {
        Faults++;
        await schedule.TurnAsync();
        await EndIfDeadAsync();
        return new StoreException(StoreFailure.Unavailable, "A message was lost.");
    }

    /// <summary>A killed server goes no further.</summary>
    private Task EndIfDeadAsync() => IsDead ? new TaskCompletionSource().Task : Task.CompletedTask;
}
