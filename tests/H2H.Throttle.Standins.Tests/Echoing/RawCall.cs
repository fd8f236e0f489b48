using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace H2H.Throttle.Standins.Tests.Echoing;

/// <summary>A unary call as bytes over HTTP/2, without any gRPC library, to see what goes over the wire.</summary>
/// <remarks>A message is a flag (1 if compressed), its length in four bytes, big-endian, and its bytes.</remarks>
public sealed class RawCall(HttpClient http, Uri address)
{
    public async Task<RawAnswer> SayAsync(
        byte[] message, bool isCompressed, string? encoding, string accept, CancellationToken cancellation)
    {
        byte[] frame = new byte[5 + message.Length];
        frame[0] = isCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);

        using HttpRequestMessage request = new(
            HttpMethod.Post, new Uri(address, "/h2h.throttle.standins.tests.Echo/Say"));
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Content = new ByteArrayContent(frame);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.Add("te", "trailers");
        request.Headers.Add("grpc-accept-encoding", accept);
        if (encoding is not null)
        {
            request.Headers.Add("grpc-encoding", encoding);
        }

        using HttpResponseMessage response = await http.SendAsync(request, cancellation);
        return await ReadAsync(response, cancellation);
    }

    private static async Task<RawAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
        string? encoding = response.Headers.TryGetValues("grpc-encoding", out IEnumerable<string>? encodings)
            ? string.Join(',', encodings)
            : null;
        string status = string.Join(',', response.TrailingHeaders.TryGetValues(
            "grpc-status", out IEnumerable<string>? statuses) ? statuses : response.Headers.GetValues("grpc-status"));
        return new RawAnswer(status, encoding, body is [1, ..], body.AsMemory(Math.Min(body.Length, 5)));
    }
}
