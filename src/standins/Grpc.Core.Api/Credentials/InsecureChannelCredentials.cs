namespace Grpc.Core;

/// <summary>No protection at all.</summary>
internal sealed class InsecureChannelCredentials : ChannelCredentials
{
    public override void InternalPopulateConfiguration(
        ChannelCredentialsConfiguratorBase configurator, object? state) => configurator.SetInsecureCredentials(state);
}
