namespace Grpc.Core;

/// <summary>How a channel is protected, and what it proves on every call.</summary>
public abstract class ChannelCredentials
{
    /// <summary>Nothing is encrypted and nobody is proven to be who they say.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureChannelCredentials();

    /// <summary>TLS with the roots of trust of this machine.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    /// <summary>A protected channel that also proves who is calling, on every call.</summary>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new CompositeChannelCredentials(channelCredentials, callCredentials);

    /// <summary>False where call credentials would travel in the open.</summary>
    internal virtual bool IsComposable => false;

    /// <summary>Tells a transport which kind of credentials these are, and what they hold.</summary>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state);
}
