using H2H.Throttle.Server.Start;

namespace H2H.Throttle.Server.Access;

/// <summary>
/// What was read from a file, read again when the file was changed: looked at no more than once a second, when somebody
/// asks. A change that cannot be read changes nothing. Safe from any thread.
/// </summary>
internal sealed class WatchedFile<T>(string path, Func<string, T> read, TimeProvider clock)
{
    private readonly Lock loading = new();
    private State? state;

    /// <summary>Why the latest change could not be read; null: it could.</summary>
    public string? Failure { get; private set; }

    public T Current
    {
        get
        {
            State now = Volatile.Read(ref state) ?? throw new InvalidOperationException("It was not loaded.");
            if (path.Length > 0 && clock.GetElapsedTime(now.LookedAt) >= TimeSpan.FromSeconds(1))
            {
                Refresh();
            }

            return Volatile.Read(ref state)!.Value;
        }
    }

    /// <exception cref="StartException">It cannot be read.</exception>
    public void Load()
    {
        try
        {
            Volatile.Write(ref state, new State(read(path), ChangedAt(), clock.GetTimestamp()));
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            throw new StartException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static bool IsUnreadable(Exception error) => error
        is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException
        or ArgumentException or FormatException;

    private DateTime ChangedAt() => path.Length == 0 ? default : File.GetLastWriteTimeUtc(path);

    private void Refresh()
    {
        lock (loading)
        {
            State before = state!;
            DateTime changedAt = ChangedAt();
            T value = before.Value;
            if (changedAt != before.ChangedAt)
            {
                try
                {
                    value = read(path);
                    Failure = null;
                }
                catch (Exception error) when (IsUnreadable(error) || error is StartException)
                {
                    // Half-written, perhaps: what was read before goes on to hold, and it is read again next time.
                    (Failure, changedAt) = (error.Message, before.ChangedAt);
                }
            }

            Volatile.Write(ref state, new State(value, changedAt, clock.GetTimestamp()));
        }
    }

    private sealed record State(T Value, DateTime ChangedAt, long LookedAt);
}
