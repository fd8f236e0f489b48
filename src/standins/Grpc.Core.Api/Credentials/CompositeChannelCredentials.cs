namespace Grpc.Core;

/// <summary>A protected channel, and what it proves on every call.</summary>
internal sealed class CompositeChannelCredentials : ChannelCredentials
{
    private readonly ChannelCredentials channelCredentials;
    private readonly CallCredentials callCredentials;

    public CompositeChannelCredentials(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        if (!channelCredentials.IsComposable)
        {
            throw new ArgumentException(
                "Call credentials need a channel that is protected by TLS.", nameof(channelCredentials));
        }

        (this.channelCredentials, this.callCredentials) = (channelCredentials, callCredentials);
    }

    public override void InternalPopulateConfiguration(
        ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetCompositeCredentials(state, channelCredentials, callCredentials);
}
