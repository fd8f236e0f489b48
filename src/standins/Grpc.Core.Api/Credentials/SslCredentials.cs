namespace Grpc.Core;

/// <summary>TLS with the roots of trust of this machine. One's own certificates belong to the HTTP handler.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    internal override bool IsComposable => true;

    public override void InternalPopulateConfiguration(
        ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetSslCredentials(state, null, null, null);
}
