namespace Grpc.Core;

/// <summary>What a call hands on to the calls that are made to answer it.</summary>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    public static readonly ContextPropagationOptions Default = new();

    public bool IsPropagateDeadline { get; } = propagateDeadline;

    public bool IsPropagateCancellation { get; } = propagateCancellation;
}
