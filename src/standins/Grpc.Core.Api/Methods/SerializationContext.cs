using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller puts one message: a whole array, or pieces into the writer and then the end.</summary>
/// <remarks>A transport overrides what it supports; what it does not override throws.</remarks>
public abstract class SerializationContext
{
    /// <summary>The message is this array, which belongs to the transport from now on.</summary>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>How many bytes will be written, told before the first of them so that the transport can plan.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>The message is what was written to the writer.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}
