namespace Grpc.Core;

/// <summary>What every kind of call object can be asked, answered by the transport that started the call.</summary>
/// <remarks>The transport hands one state object and functions of it, so that a call costs no closures.</remarks>
internal readonly struct CallState(
    Func<object, Task<Metadata>> responseHeadersAsync, Func<object, Status> getStatus,
    Func<object, Metadata> getTrailers, Action<object> dispose, object state)
{
    public Task<Metadata> ResponseHeadersAsync => responseHeadersAsync(state);

    public Status GetStatus() => getStatus(state);

    public Metadata GetTrailers() => getTrailers(state);

    public void Dispose() => dispose(state);

    /// <summary>Of functions that need no state, as a fake of a call has them.</summary>
    public static CallState Of(
        Task<Metadata> responseHeadersAsync, Func<Status> getStatus, Func<Metadata> getTrailers, Action dispose)
    {
        ArgumentNullException.ThrowIfNull(responseHeadersAsync);
        ArgumentNullException.ThrowIfNull(getStatus);
        ArgumentNullException.ThrowIfNull(getTrailers);
        ArgumentNullException.ThrowIfNull(dispose);
        return new CallState(
            _ => responseHeadersAsync, _ => getStatus(), _ => getTrailers(), _ => dispose(), dispose);
    }
}
