using System.Net.Sockets;
using H2H.Throttle.Engine.Records;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Connections;

/// <summary>Says what failed, whether it can have had an effect, and how it is mended.</summary>
/// <remarks>Error codes: https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors</remarks>
internal static class Failures
{
    public static StoreException TooSlow(TimeSpan limit) => new(
        StoreFailure.Unavailable,
        $"Redis did not answer within {limit.TotalMilliseconds:0} ms; whether a change was made is not known. "
        + "Repeat the call with the same request id; a higher Redis:StoreTimeoutMs waits longer.");

    public static StoreException Lost(Exception inner) => new(
        StoreFailure.Unavailable,
        "The connection to Redis was lost; whether a change was made is not known. "
        + "Repeat the call with the same request id.",
        inner);

    public static StoreException NotReached(Exception? inner) => new(
        StoreFailure.Unavailable,
        "Redis cannot be reached; nothing was changed. Check that it runs, and Redis:Configuration.",
        inner);

    public static StoreException Foreign(string what) => new(
        StoreFailure.Foreign,
        $"{what} in Redis was not written by this product. Set Redis:KeyPrefix to one of its own.");

    public static StoreException Newer(string what) => new(
        StoreFailure.Newer, $"{what}, which this version does not read. Run the newer version.");

    public static StoreException Damaged(string what, Exception inner) => new(
        StoreFailure.Damaged, $"{what}. Restore a backup of Redis.", inner);

    public static StoreException Overloaded() => new(
        StoreFailure.Unavailable, "Too many facts wait for the journal; nothing was changed. Repeat the call.");

    public static StoreException Contended() => new(
        StoreFailure.Unavailable, "Other servers kept appending to the journal first. Repeat the call.");

    public static StoreException TooOld(string found, Version least) => new(
        StoreFailure.Unavailable, $"Redis {found} is too old. Use Redis {least} or later, or Valkey.");

    /// <summary>True if the command provably never ran: it was not sent, or the server refused to run it now.</summary>
    public static bool HadNoEffect(RedisException error) => error switch
    {
        RedisConnectionException lost =>
            lost.CommandStatus is CommandStatus.WaitingToBeSent or CommandStatus.WaitingInBacklog,
        RedisServerException refused => CodeOf(refused) is
            "LOADING" or "READONLY" or "MASTERDOWN" or "CLUSTERDOWN" or "TRYAGAIN" or "MOVED" or "ASK" or "BUSY",
        _ => false,
    };

    /// <summary>True if Redis was reached and said no.</summary>
    public static bool IsRefusal(StoreException error) => error.InnerException is RedisServerException;

    /// <summary>
    /// True for the other ways in which the client ends what was under way on a connection that broke: it passes on
    /// what broke it, says that the connection has been given up, or cancels.
    /// </summary>
    public static bool IsOfALostConnection(Exception error, CancellationToken asked) => error switch
    {
        IOException or SocketException or InvalidOperationException => true,
        OperationCanceledException => !asked.IsCancellationRequested,
        _ => false,
    };

    /// <summary>What an error means to a caller of the store.</summary>
    public static StoreException Of(RedisException error) => error switch
    {
        RedisServerException refused => Of(refused),
        _ when HadNoEffect(error) => NotReached(error),
        _ => Lost(error),
    };

    private static StoreException Of(RedisServerException error) => CodeOf(error) switch
    {
        "OOM" => new StoreException(
            StoreFailure.Full, "Redis has reached its maxmemory. Raise it, or give Redis more memory.", error),
        "MISCONF" => new StoreException(
            StoreFailure.Full, "Redis cannot write to its disk and so refuses changes. Mend its disk.", error),
        "WRONGTYPE" => new StoreException(
            StoreFailure.Foreign,
            "A key in Redis was not written by this product. Set Redis:KeyPrefix to one of its own.",
            error),
        "READONLY" => new StoreException(
            StoreFailure.ReadOnly, "Redis is a replica, which takes no changes. Name its primary.", error),
        "NOAUTH" or "WRONGPASS" or "NOPERM" => new StoreException(
            StoreFailure.Unavailable,
            "Redis refuses this service. Check Redis:User and Redis:Password, and what that user may do.",
            error),
        string code => new StoreException(
            StoreFailure.Unavailable, $"Redis refused the command ({code}). See the log of Redis.", error),
    };

    /// <summary>The word that opens the message.</summary>
    private static string CodeOf(RedisServerException error) => error.Message.Split(' ', 2)[0];
}
