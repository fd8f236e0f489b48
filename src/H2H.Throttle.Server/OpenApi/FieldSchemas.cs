using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace H2H.Throttle.Server.OpenApi;

/// <summary>JSON Schemas of values as protobuf's JSON mapping writes them.</summary>
/// <remarks>
/// Source: protobuf.dev, "ProtoJSON Format". It reads more forms than it writes (numbers of 64 bits as numbers, enums
/// by number, fields by their names in the proto, null for what is absent): only those that are written are told.
/// </remarks>
internal static class FieldSchemas
{
    /// <param name="field">Which.</param>
    /// <param name="refer">The schema of another message or enum.</param>
    public static JsonObject Of(FieldDescriptor field, Func<IDescriptor, JsonObject> refer)
    {
        if (field.IsMap)
        {
            FieldDescriptor value = field.MessageType.FindFieldByNumber(2);
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = OfOne(value, refer) };
        }

        return field.IsRepeated
            ? new JsonObject { ["type"] = "array", ["items"] = OfOne(field, refer) }
            : OfOne(field, refer);
    }

    private static JsonObject OfOne(FieldDescriptor field, Func<IDescriptor, JsonObject> refer) =>
        field.FieldType switch
        {
            FieldType.String => new JsonObject { ["type"] = "string" },
            FieldType.Bool => new JsonObject { ["type"] = "boolean" },
            FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 =>
                new JsonObject { ["type"] = "integer", ["format"] = "int32" },
            FieldType.UInt32 or FieldType.Fixed32 => new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
            FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 =>
                new JsonObject { ["type"] = "string", ["format"] = "int64", ["pattern"] = "^-?[0-9]+$" },
            FieldType.UInt64 or FieldType.Fixed64 =>
                new JsonObject { ["type"] = "string", ["format"] = "uint64", ["pattern"] = "^[0-9]+$" },
            FieldType.Double or FieldType.Float => new JsonObject { ["type"] = "number" },
            FieldType.Bytes => new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64" },
            FieldType.Enum => refer(field.EnumType),
            FieldType.Message => WellKnown(field.MessageType.FullName) ?? refer(field.MessageType),
            _ => throw new NotSupportedException($"{field.FullName} is of a type that proto3 does not have."),
        };

    /// <summary>Of the messages that the mapping writes in a form of their own; null: it is none of those.</summary>
    private static JsonObject? WellKnown(string name) => name switch
    {
        "google.protobuf.Timestamp" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        "google.protobuf.Duration" => new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = @"^-?[0-9]+(\.[0-9]{1,9})?s$",
            ["examples"] = new JsonArray("900s"),
        },
        "google.protobuf.FieldMask" =>
            new JsonObject { ["type"] = "string", ["examples"] = new JsonArray("zone,country") },
        "google.protobuf.Struct" or "google.protobuf.Empty" => new JsonObject { ["type"] = "object" },
        "google.protobuf.Value" => [],
        _ => null,
    };
}
