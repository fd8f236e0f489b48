using H2H.Throttle.Adversity.Histories;

namespace H2H.Throttle.Adversity.Simulation;

/// <summary>Asks one thing after the other, and again, of any server, when it hears nothing.</summary>
internal sealed class SimulatedClient(SimulatedWorld world, CallMix mix)
{
    private const int TriesMax = 4;
    private const double LostThere = 0.02;
    private const double LostBack = 0.04;

    public async Task AskAsync(int calls)
    {
        for (int count = 0; count < calls; count++)
        {
            await world.Schedule.TurnAsync();
            Call call = mix.Next(world.Schedule.OneOf(world.Servers).Clock.Now);
            Answer? answer = null;
            for (int tries = 0; answer is null && tries < (call.RequestId is null ? 1 : TriesMax); tries++)
            {
                answer = await TryAsync(call, world.Schedule.OneOf(world.Servers));
            }

            if (answer is not null)
            {
                mix.Learn(call, answer);
            }
        }
    }

    /// <summary>Null: nothing was heard in time, or an error.</summary>
    private Task<Answer?> TryAsync(Call call, SimulatedServer server)
    {
        TaskCompletionSource<Answer?> heard = new();
        world.Schedule.Patiently(() => heard.TrySetResult(null));
        _ = CarryAsync(call, server, heard);
        return heard.Task;
    }

    private async Task CarryAsync(Call call, SimulatedServer server, TaskCompletionSource<Answer?> heard)
    {
        try
        {
            await world.Schedule.TurnAsync();
            if (world.Schedule.Happens(LostThere))
            {
                return;
            }

            Answer? answer = await server.ServeAsync(call);
            await world.Schedule.TurnAsync();
            if (!world.Schedule.Happens(LostBack))
            {
                heard.TrySetResult(answer);
            }
        }
        catch (Exception fault)
        {
            // Whatever it is, it is no answer that a server may give: the run ends with it.
            heard.TrySetException(fault);
            throw;
        }
    }
}
