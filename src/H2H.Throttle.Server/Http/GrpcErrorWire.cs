using System.Globalization;
using Grpc.Core;
using H2H.Throttle.Server.Errors;

namespace H2H.Throttle.Server.Http;

/// <summary>
/// Writes an error as gRPC does when there is no answer: in the headers, without a body ("trailers only").
/// </summary>
internal static class GrpcErrorWire
{
    public const string StatusHeader = "grpc-status";

    private const string MessageHeader = "grpc-message";

    public static void Write(IHeaderDictionary headers, RefusedException refused)
    {
        RpcException error = ErrorWire.Write(refused);
        headers[StatusHeader] = ((int)refused.Code).ToString(CultureInfo.InvariantCulture);
        headers[MessageHeader] = Uri.EscapeDataString(refused.Message);
        headers[ErrorWire.DetailsTrailer] =
            Convert.ToBase64String(error.Trailers.GetValueBytes(ErrorWire.DetailsTrailer)!);
    }
}
