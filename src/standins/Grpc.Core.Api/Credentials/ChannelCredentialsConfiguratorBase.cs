namespace Grpc.Core;

/// <summary>How a transport learns which kind of channel credentials it was given.</summary>
/// <remarks>The state is the transport's own.</remarks>
public abstract class ChannelCredentialsConfiguratorBase
{
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>Nulls mean: this machine's roots of trust, no certificate of one's own, no further check.</summary>
    public abstract void SetSslCredentials(
        object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback);

    public abstract void SetCompositeCredentials(
        object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
