using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;

namespace H2H.Throttle.Server.OpenApi;

/// <summary>The schemas of all messages and enums of some calls, each once and by name.</summary>
/// <remarks>
/// What is in requests and in answers has two: in a request a field that does not exist is refused and some are
/// required, in an answer fields may be added by a newer server and none is required. Not safe for several threads.
/// </remarks>
internal sealed partial class MessageSchemas
{
    private const string References = "#/components/schemas/";

    private readonly ProtoComments comments;
    private readonly FrozenSet<MessageDescriptor> asked;
    private readonly Queue<(IDescriptor Type, bool IsAnswer)> pending = [];

    /// <param name="comments">What the protos say.</param>
    /// <param name="calls">All whose messages are going to be referred to.</param>
    public MessageSchemas(ProtoComments comments, IEnumerable<MethodDescriptor> calls)
    {
        this.comments = comments;
        HashSet<MessageDescriptor> reached = [];
        foreach (MethodDescriptor call in calls)
        {
            Reach(call.InputType, reached);
        }

        asked = reached.ToFrozenSet();
    }

    /// <summary>Complete once <see cref="Finish"/> was called.</summary>
    public JsonObject Written { get; } = [];

    public JsonObject Request(MessageDescriptor message) => Refer(message, isAnswer: false);

    public JsonObject Answer(MessageDescriptor message) => Refer(message, isAnswer: true);

    /// <summary>Writes what was referred to, and what that refers to.</summary>
    public void Finish()
    {
        while (pending.TryDequeue(out (IDescriptor Type, bool IsAnswer) next))
        {
            string name = NameOf(next.Type, next.IsAnswer);
            if (!Written.ContainsKey(name))
            {
                Written[name] = next.Type is EnumDescriptor type
                    ? Enumerate(type, static value => value.Name)
                    : Write((MessageDescriptor)next.Type, next.IsAnswer);
            }
        }
    }

    /// <summary>A schema or an operation with its comment, if it has one.</summary>
    public JsonObject Describe(JsonObject schema, IDescriptor descriptor)
    {
        string comment = comments.Of(descriptor);
        if (comment.Length > 0)
        {
            schema["description"] = comment.Replace("\n", "\n\n", StringComparison.Ordinal);
        }

        return schema;
    }

    /// <param name="type">Whose values.</param>
    /// <param name="name">How each is written; null: it never is.</param>
    public JsonObject Enumerate(EnumDescriptor type, Func<EnumValueDescriptor, string?> name)
    {
        (string Name, string Comment)[] values =
        [
            .. type.Values.Where(value => name(value) is not null)
                .Select(value => (name(value)!, comments.Of(value).Replace('\n', ' '))),
        ];
        string list = string.Join('\n', values.Where(static value => value.Comment.Length > 0)
            .Select(static value => $"* `{value.Name}`: {value.Comment}"));
        return new JsonObject
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. values.Select(static value => (JsonNode)value.Name)]),
            ["description"] = $"{comments.Of(type).Replace("\n", "\n\n", StringComparison.Ordinal)}\n\n{list}".Trim(),
        };
    }

    private static void Reach(MessageDescriptor message, HashSet<MessageDescriptor> reached)
    {
        if (reached.Add(message))
        {
            foreach (FieldDescriptor field in message.Fields.InDeclarationOrder())
            {
                if (field.FieldType is FieldType.Message)
                {
                    Reach(field.MessageType, reached);
                }
            }
        }
    }

    private JsonObject Refer(IDescriptor type, bool isAnswer)
    {
        pending.Enqueue((type, isAnswer));
        return new JsonObject { ["$ref"] = References + NameOf(type, isAnswer) };
    }

    private string NameOf(IDescriptor type, bool isAnswer)
    {
        string name = type.FullName[(type.File.Package.Length + 1)..];
        return isAnswer && type is MessageDescriptor message && asked.Contains(message) ? $"{name}Answer" : name;
    }

    private JsonObject Write(MessageDescriptor message, bool isAnswer)
    {
        JsonObject properties = [];
        JsonArray required = [];
        foreach (FieldDescriptor field in message.Fields.InDeclarationOrder())
        {
            properties[field.JsonName] =
                Describe(FieldSchemas.Of(field, type => Refer(type, isAnswer)), field);
            if (!isAnswer && IsRequired().IsMatch(comments.Of(field)))
            {
                required.Add(field.JsonName);
            }
        }

        JsonObject schema = Describe(new JsonObject { ["type"] = "object", ["properties"] = properties }, message);
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        if (!isAnswer)
        {
            schema["additionalProperties"] = false;
        }

        JsonArray alternatives = [.. message.Oneofs.Where(static one => !one.IsSynthetic).Select(AtMostOne)];
        if (alternatives.Count > 0)
        {
            schema["allOf"] = alternatives;
        }

        return schema;
    }

    private static JsonObject AtMostOne(OneofDescriptor oneof)
    {
        JsonObject[] present = [.. oneof.Fields.Select(Has)];
        JsonObject any = new() { ["anyOf"] = new JsonArray([.. oneof.Fields.Select(Has)]) };
        return new JsonObject { ["oneOf"] = new JsonArray([.. present, new JsonObject { ["not"] = any }]) };
    }

    private static JsonObject Has(FieldDescriptor field) => new() { ["required"] = new JsonArray(field.JsonName) };

    // As the protos word it: "Required." or "Required, …" and "Required; …", but not "Required if …".
    [GeneratedRegex(@"\bRequired[.,;]")]
    private static partial Regex IsRequired();
}
