using System.Net;
using System.Threading.RateLimiting;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>Keeps one address of the network from taking the room of all others. Safe from any thread.</summary>
/// <remarks>Of IPv6 the first 64 bits are one address: whoever has one has all behind it.</remarks>
internal sealed class VisitorLimits : IDisposable
{
    private const int NetworkBytes = 8;

    private readonly PartitionedRateLimiter<IPAddress>? limiter;

    public VisitorLimits(PublicOptions options)
    {
        int most = options.RequestsPerSecondMax;
        limiter = most == 0 ? null : PartitionedRateLimiter.Create<IPAddress, string>(address =>
            RateLimitPartition.GetTokenBucketLimiter(NetworkOf(address), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = most,
                TokensPerPeriod = most,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }));
    }

    /// <summary>False: it asks too often.</summary>
    /// <param name="address">Null: not known, as behind a socket of this machine.</param>
    public bool TryTake(IPAddress? address)
    {
        if (limiter is null)
        {
            return true;
        }

        using RateLimitLease lease = limiter.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter?.Dispose();

    private static string NetworkOf(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        byte[] bytes = plain.GetAddressBytes();
        return Convert.ToHexString(bytes.Length > NetworkBytes ? bytes[..NetworkBytes] : bytes);
    }
}
