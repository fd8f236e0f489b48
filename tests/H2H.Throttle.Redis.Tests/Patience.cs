using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Redis.Tests;

/// <summary>Asks again and again, as a caller does whom the service told that it is unavailable.</summary>
internal static class Patience
{
    public static async Task<T> UntilAvailableAsync<T>(Func<ValueTask<T>> ask, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await ask();
            }
            catch (StoreException error) when (error.Failure == StoreFailure.Unavailable)
            {
                // Each call waits its own bound, so this does not spin.
            }
        }
    }
}
