namespace H2H.Throttle.Benchmarks.Echo;

/// <summary>Those who come for one thing, one after the other; only the first of them get it.</summary>
/// <param name="firstMax">How many get it.</param>
internal sealed class EchoTurns(int firstMax)
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private int taken;

    public async Task TakeAsync(Func<Task> first)
    {
        await turn.WaitAsync();
        try
        {
            if (taken < firstMax)
            {
                taken++;
                await first();
            }
        }
        finally
        {
            turn.Release();
        }
    }
}
