using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace H2H.Throttle.Engine.Policies.Documents;

/// <summary>Writes a part of a document as a document of its own, as JSON, which is YAML.</summary>
internal static class DocumentWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
    };

    /// <summary>Reads back as the same nodes, at other places. What aliases repeat is written out.</summary>
    public static string Write(Node node)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            Write(node, json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Node node, Utf8JsonWriter json)
    {
        switch (node)
        {
            case Node.Scalar { IsNothing: false } scalar:
                json.WriteStringValue(scalar.Text);
                break;
            case Node.List list:
                json.WriteStartArray();
                foreach (Node item in list.Items)
                {
                    Write(item, json);
                }

                json.WriteEndArray();
                break;
            case Node.Map map:
                json.WriteStartObject();
                foreach (NodeEntry entry in map.Entries)
                {
                    json.WritePropertyName(entry.Key.Text);
                    Write(entry.Value, json);
                }

                json.WriteEndObject();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
