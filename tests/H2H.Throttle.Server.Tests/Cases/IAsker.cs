using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Cases;

/// <summary>Asks whether a contact is allowed, by one of the calls that answer that.</summary>
internal interface IAsker
{
    Task<Decision> CheckAsync(CheckRequest request, CancellationToken cancellation);

    Task<Decision> ReserveAsync(ReserveRequest request, CancellationToken cancellation);
}
