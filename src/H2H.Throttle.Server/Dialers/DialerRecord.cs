using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace H2H.Throttle.Server.Dialers;

/// <summary>What a dialer sent about one record: names and texts, wherever in the request they were.</summary>
/// <remarks>Where the body and the address have the same name, the body's holds. Names ignore case.</remarks>
internal sealed class DialerRecord
{
    private const int DepthMax = 16;

    private readonly FrozenDictionary<string, string> values;

    private DialerRecord(Dictionary<string, string> values) =>
        this.values = values.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null: it has no such field, or null in it.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);

    /// <param name="query">Of the address, with its question mark, or empty.</param>
    /// <param name="type">The media type of the body; null: it has none.</param>
    /// <param name="body">JSON or a form.</param>
    /// <exception cref="RefusedException">It is neither.</exception>
    public static DialerRecord Read(string query, string? type, ReadOnlyMemory<byte> body)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        Add(values, query);
        if (body.IsEmpty)
        {
            return new DialerRecord(values);
        }

        if (!Utf8.IsValid(body.Span))
        {
            throw Malformed("The body is not UTF-8.");
        }

        switch (type)
        {
            case "application/json":
                AddJson(values, body);
                break;
            case "application/x-www-form-urlencoded":
                Add(values, Encoding.UTF8.GetString(body.Span));
                break;
            default:
                throw Malformed("Send the record as application/json or as application/x-www-form-urlencoded.");
        }

        return new DialerRecord(values);
    }

    private static void Add(Dictionary<string, string> values, string form)
    {
        foreach ((string name, StringValues texts) in QueryHelpers.ParseQuery(form))
        {
            if (texts is [.., { } last])
            {
                values[name] = last;
            }
        }
    }

    private static void AddJson(Dictionary<string, string> values, ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DepthMax });
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                throw Malformed("The body must be one object: the record.");
            }

            Add(values, "", document.RootElement);
        }
        catch (JsonException error)
        {
            throw Malformed(
                $"The body is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw Malformed("A text of the body escapes half of a surrogate pair.");
        }
    }

    private static void Add(Dictionary<string, string> values, string path, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Add(values, path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value);
                }

                break;
            case JsonValueKind.Array:
                values[path] = string.Join(',', element.EnumerateArray()
                    .Where(static item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    .Select(TextOf));
                break;
            case JsonValueKind.Null:
                break;
            default:
                values[path] = TextOf(element);
                break;
        }
    }

    private static string TextOf(JsonElement element) =>
        element.ValueKind is JsonValueKind.String ? element.GetString()! : element.GetRawText();

    private static RefusedException Malformed(string message) =>
        RefusedException.Invalid([new Violation("", ErrorReason.BodyMalformed, message)]);
}
