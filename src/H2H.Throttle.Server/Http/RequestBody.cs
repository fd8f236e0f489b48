using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Http;

/// <summary>Reads the body of a unary call.</summary>
/// <param name="bytesMax">A longer body is refused without reading on.</param>
internal sealed class RequestBody(int bytesMax)
{
    /// <exception cref="RefusedException">It is too large, or not such a message.</exception>
    public async Task<IMessage> ReadAsync(
        HttpRequest request, string content, MessageDescriptor descriptor, CancellationToken cancellation)
    {
        ReadOnlySequence<byte> body = await FillAsync(request, cancellation);
        int length = (int)body.Length;
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);   // no message keeps a part of it
        try
        {
            body.CopyTo(rented);
            request.BodyReader.AdvanceTo(body.End);
            ArraySegment<byte> bytes = new(rented, 0, length);
            return content == ConnectContent.Json ? RequestJson.Read(bytes, descriptor) : ReadProto(bytes, descriptor);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <exception cref="RefusedException">It is too large.</exception>
    public async Task<byte[]> ReadBytesAsync(HttpRequest request, CancellationToken cancellation)
    {
        ReadOnlySequence<byte> body = await FillAsync(request, cancellation);
        byte[] bytes = body.ToArray();
        request.BodyReader.AdvanceTo(body.End);
        return bytes;
    }

    /// <summary>The whole body, in the buffers of its reader.</summary>
    /// <exception cref="RefusedException">It is too large.</exception>
    private async ValueTask<ReadOnlySequence<byte>> FillAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > bytesMax)
        {
            throw TooLarge();
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            if (read.Buffer.Length > bytesMax)
            {
                throw TooLarge();
            }

            if (read.IsCompleted)
            {
                return read.Buffer;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static IMessage ReadProto(ReadOnlySpan<byte> body, MessageDescriptor descriptor)
    {
        try
        {
            return descriptor.Parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException)
        {
            throw RefusedException.Invalid(
            [
                new Violation("", ErrorReason.BodyMalformed, $"The body is not a {descriptor.FullName} in protobuf."),
            ]);
        }
    }

    private RefusedException TooLarge() => new(
        StatusCode.ResourceExhausted, ErrorReason.BodyTooLarge, $"The body has more than {bytesMax} bytes.");
}
