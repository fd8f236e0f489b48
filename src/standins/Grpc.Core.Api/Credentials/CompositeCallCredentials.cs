namespace Grpc.Core;

/// <summary>Several credentials for the same call, applied in order.</summary>
internal sealed class CompositeCallCredentials : CallCredentials
{
    private readonly CallCredentials[] parts;

    public CompositeCallCredentials(IReadOnlyCollection<CallCredentials> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts.Count, 2, nameof(parts));
        this.parts = [.. parts];
    }

    public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetCompositeCredentials(state, parts);
}
