using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Http;

/// <summary>Reads a request from JSON in proto3's mapping: field names in camelCase or as in the proto.</summary>
/// <remarks>Unknown fields are refused, because a field that is misspelt and ignored loosens a limit unseen.</remarks>
internal static class RequestJson
{
    private const int PieceBytes = 4096;   // a whole body as one text would be twice as long, and a large object

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);
    private static readonly UTF8Encoding Utf8WithoutMark = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="json">UTF-8; nothing at all is read as <c>{}</c>.</param>
    /// <param name="descriptor">What is expected.</param>
    /// <exception cref="RefusedException">It is not; the fields at fault are named.</exception>
    public static IMessage Read(ArraySegment<byte> json, MessageDescriptor descriptor)
    {
        if (json.Count == 0)
        {
            return descriptor.Parser.ParseFrom([]);
        }

        // Read leniently, two ids that differ in a broken byte would be one person.
        if (!Utf8.IsValid(json))
        {
            throw RefusedException.Invalid([Malformed("The body is not UTF-8.")]);
        }

        try
        {
            using StreamReader text = new(
                new MemoryStream(json.Array!, json.Offset, json.Count),
                Utf8WithoutMark,
                detectEncodingFromByteOrderMarks: false,
                Math.Min(json.Count, PieceBytes));
            return Parser.Parse(text, descriptor);
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw RefusedException.Invalid(Explain(json, descriptor));
        }
    }

    // Only now is the body looked at closely: the parser knows neither the place nor more than the first fault, and its
    // message may quote a value.
    private static IReadOnlyList<Violation> Explain(ReadOnlyMemory<byte> json, MessageDescriptor descriptor)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonFaults faults = new(Parser);
            faults.Find(document.RootElement, descriptor, "");
            return faults.Found.Count > 0
                ? faults.Found
                : [Malformed($"The body is not a {descriptor.FullName} in JSON.")];
        }
        catch (JsonException error)
        {
            return
            [
                Malformed(
                    $"The body is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}."
                    + HintAt(json.Span, error)),
            ];
        }
        catch (InvalidOperationException)
        {
            return [Malformed("The name of a field is no text: it escapes half of a surrogate pair.")];
        }
    }

    // Goes by one byte of the form, so that nothing of what the body says is repeated.
    private static string HintAt(ReadOnlySpan<byte> json, JsonException error)
    {
        for (long line = 0; line < error.LineNumber; line++)
        {
            json = json[(json.IndexOf((byte)'\n') + 1)..];
        }

        int at = (int)(error.BytePositionInLine ?? 0);
        return at >= json.Length ? " It ends too early." : json[at] switch
        {
            (byte)'\'' => " Texts and names stand in double quotes.",
            (byte)'}' or (byte)']' => " Is there a comma too many before it?",
            (byte)'"' or (byte)'{' or (byte)'[' => " Is a comma missing before it?",
            _ => "",
        };
    }

    private static Violation Malformed(string message) => new("", ErrorReason.BodyMalformed, message);
}
