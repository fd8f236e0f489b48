using Xunit.Sdk;

namespace H2H.Throttle.Mutation.Trials;

/// <summary>Hears whether anything failed.</summary>
internal sealed class CaseSink : IMessageSink
{
    /// <summary>What was told first of a failure; null: nothing failed.</summary>
    public string? Failure { get; private set; }

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is IErrorMetadata { Messages: var messages })
        {
            Failure ??= string.Join(" | ", messages).ReplaceLineEndings(" ");
        }

        return true;
    }
}
