using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller finds the bytes of one message, until it returns.</summary>
/// <remarks>A transport overrides what it supports; what it does not override throws.</remarks>
public abstract class DeserializationContext
{
    /// <summary>In bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>A copy that the marshaller may keep.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotImplementedException();

    /// <summary>The transport's own memory: it must not be kept.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw new NotImplementedException();
}
