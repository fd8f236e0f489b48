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
        byte[] body = await ReadBytesAsync(request, cancellation);
        return content == ConnectContent.Json ? RequestJson.Read(body, descriptor) : ReadProto(body, descriptor);
    }

    /// <exception cref="RefusedException">It is too large.</exception>
    public async Task<byte[]> ReadBytesAsync(HttpRequest request, CancellationToken cancellation)
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
                byte[] bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static IMessage ReadProto(byte[] body, MessageDescriptor descriptor)
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
