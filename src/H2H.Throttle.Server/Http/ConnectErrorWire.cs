using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using H2H.Throttle.Server.Errors;

namespace H2H.Throttle.Server.Http;

/// <summary>
/// Writes an error as the Connect protocol does: <c>{"code","message","details":[{"type","value","debug"}]}</c>.
/// </summary>
/// <remarks>A detail's value is its protobuf in unpadded base64; <c>debug</c> is the same for human eyes.</remarks>
internal static class ConnectErrorWire
{
    private static readonly TypeRegistry KnownDetails =
        TypeRegistry.FromMessages(ErrorInfo.Descriptor, BadRequest.Descriptor, RetryInfo.Descriptor);

    // The answer is JSON and nothing else: what is escaped for the sake of HTML would only be harder to read.
    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="response">Not yet started.</param>
    /// <param name="error">What to tell.</param>
    /// <param name="httpStatus">Null: the one that belongs to the code.</param>
    public static async Task WriteAsync(HttpResponse response, RpcException error, int? httpStatus = null)
    {
        response.StatusCode = httpStatus ?? ConnectCodes.HttpStatus(error.StatusCode);
        response.ContentType = ConnectContent.Json;
        IReadOnlyList<Any> details = ErrorWire.ReadDetails(error);
        if (details.FirstOrDefault(static detail => detail.Is(RetryInfo.Descriptor)) is { } retry)
        {
            long seconds = retry.Unpack<RetryInfo>().RetryDelay.Seconds;
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await using Utf8JsonWriter writer = new(response.BodyWriter, Readable);
        writer.WriteStartObject();
        writer.WriteString("code", ConnectCodes.Name(error.StatusCode));
        writer.WriteString("message", error.Status.Detail);
        writer.WriteStartArray("details");
        foreach (Any detail in details)
        {
            WriteDetail(writer, detail);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteDetail(Utf8JsonWriter writer, Any detail)
    {
        string type = Any.GetTypeName(detail.TypeUrl);
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteString("value", detail.Value.ToBase64().TrimEnd('='));
        if (KnownDetails.Find(type) is { } descriptor)
        {
            writer.WritePropertyName("debug");
            writer.WriteRawValue(JsonFormatter.Default.Format(descriptor.Parser.ParseFrom(detail.Value)));
        }

        writer.WriteEndObject();
    }
}
