namespace Grpc.Core;

/// <summary>What generated clients have in common.</summary>
public abstract class ClientBase
{
    protected ClientBase()
        : this(new UnconnectedCallInvoker())
    {
    }

    protected ClientBase(ChannelBase channel)
        : this((channel ?? throw new ArgumentNullException(nameof(channel))).CreateCallInvoker())
    {
    }

    protected ClientBase(CallInvoker callInvoker)
        : this(new ClientBaseConfiguration(callInvoker, null))
    {
    }

    protected ClientBase(ClientBaseConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        (Configuration, CallInvoker) = (configuration, configuration.CreateCallInvoker());
    }

    protected CallInvoker CallInvoker { get; }

    internal ClientBaseConfiguration Configuration { get; }

    /// <summary>How a client calls; made only by clients, to make another client from one.</summary>
    protected internal class ClientBaseConfiguration
    {
        private readonly CallInvoker invoker;
        private readonly string? host;

        internal ClientBaseConfiguration(CallInvoker invoker, string? host)
        {
            ArgumentNullException.ThrowIfNull(invoker);
            (this.invoker, this.host) = (invoker, host);
        }

        internal CallInvoker CreateCallInvoker() => host is null ? invoker : new HostCallInvoker(invoker, host);

        internal ClientBaseConfiguration WithHost(string? host) => new(invoker, host);
    }
}
