using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Http;
using H2H.Throttle.Wire;
using Role = H2H.Throttle.Engine.Access.Role;

namespace H2H.Throttle.Server.OpenApi;

/// <summary>What can be asked by HTTP with JSON, as an OpenAPI 3.1 document.</summary>
/// <remarks>
/// Written from the descriptors of the calls that are served, so that it cannot say anything else than is true; what is
/// no call (its head, the form of errors, pages) is in <c>openapi.json</c> and what it is worth to see in
/// <c>examples.json</c>.
/// </remarks>
internal sealed class OpenApiDocument
{
    // Read by people, too; it is no HTML.
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<byte[]> written;

    /// <param name="calls">All that is served.</param>
    public OpenApiDocument(ConnectMethods calls) =>
        written = new Lazy<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes(Write(calls), Readable));

    /// <summary>JSON in UTF-8; written when it is first asked for.</summary>
    public byte[] Utf8 => written.Value;

    private static JsonObject Write(ConnectMethods calls)
    {
        ProtoComments comments = ProtoComments.Load();
        JsonObject examples = Read("examples.json");
        MethodDescriptor[] unary = [.. calls.All];
        MessageSchemas schemas = new(comments, unary);
        JsonObject document = Read("openapi.json");
        JsonObject info = document["info"]!.AsObject();
        info["version"] = Start.Greeting.Product;
        info["description"] = $"{info["description"]}\n\n{Streams(unary)}";
        document["tags"] = new JsonArray([.. unary.Select(static call => call.Service).Distinct().Select(
            service => schemas.Describe(new JsonObject { ["name"] = service.Name }, service))]);
        JsonObject paths = [];
        foreach (MethodDescriptor call in unary)
        {
            string name = $"{call.Service.FullName}/{call.Name}";
            paths[$"/{name}"] = new JsonObject { ["post"] = Operation(call, name, examples[name], schemas, comments) };
        }

        foreach ((string path, JsonNode? page) in document["paths"]!.AsObject())
        {
            paths[path] = page!.DeepClone();
        }

        document["paths"] = paths;
        Complete(document["components"]!.AsObject(), schemas);
        return document;
    }

    private static string Streams(IEnumerable<MethodDescriptor> unary)
    {
        IEnumerable<string> streams = unary.Select(static call => call.Service).Distinct()
            .SelectMany(static service => service.Methods)
            .Where(static call => call.IsClientStreaming || call.IsServerStreaming)
            .Select(static call => $"`{call.Service.Name}/{call.Name}`");
        return $"Streams are no part of this: {string.Join(", ", streams)} are made by gRPC alone.";
    }

    private static JsonObject Operation(
        MethodDescriptor call, string name, JsonNode? example, MessageSchemas schemas, ProtoComments comments)
    {
        JsonObject request = Content(schemas.Request(call.InputType), example?["request"]);
        JsonObject responses = new()
        {
            ["200"] = new JsonObject
            {
                ["description"] = "The answer. A denial is one, too.",
                ["content"] = Content(schemas.Answer(call.OutputType), example?["answer"]),
            },
        };
        foreach (string status in ErrorStatuses().Select(static group => $"{group.Key}"))
        {
            responses[status] = new JsonObject { ["$ref"] = $"#/components/responses/Error{status}" };
        }

        string comment = comments.Of(call);
        return new JsonObject
        {
            ["operationId"] = $"{call.Service.Name}_{call.Name}",
            ["tags"] = new JsonArray(call.Service.Name),
            ["summary"] = call.Name,
            ["description"] =
                $"{comment.Replace("\n", "\n\n", StringComparison.Ordinal)}\n\n{RolesOf(name)}".Trim(),
            ["parameters"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/parameters/Timeout" }),
            ["requestBody"] = new JsonObject { ["required"] = true, ["content"] = request },
            ["responses"] = responses,
            ["security"] = CallRoles.IsOpen(name)
                ? new JsonArray(new JsonObject())
                : new JsonArray(new JsonObject { ["key"] = new JsonArray() }, new JsonObject()),
        };
    }

    private static string RolesOf(string name) => CallRoles.IsOpen(name)
        ? "For everybody, without credentials."
        : $"Roles: {string.Join(", ", Enum.GetValues<Role>().Where(role => CallRoles.Allow(name, role)))
            .ToLowerInvariant()}.";

    private static JsonObject Content(JsonObject schema, JsonNode? example)
    {
        JsonObject media = new() { ["schema"] = schema };
        if (example is not null)
        {
            media["example"] = example.DeepClone();
        }

        return new JsonObject { [ConnectContent.Json] = media };
    }

    private static IEnumerable<IGrouping<int, string>> ErrorStatuses() => ConnectCodes.Errors
        .Select(static code => (Status: ConnectCodes.HttpStatus(code), Name: ConnectCodes.Name(code)))
        .GroupBy(static error => error.Status, static error => error.Name)
        .OrderBy(static group => group.Key);

    private static void Complete(JsonObject components, MessageSchemas written)
    {
        JsonObject schemas = components["schemas"]!.AsObject();
        schemas["ErrorInfoReason"] = Reasons(written);   // an ErrorReason by its short name
        schemas["ErrorCode"] = new JsonObject
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. ErrorStatuses().SelectMany(static group => group).Select(
                static name => (JsonNode)name)]),
        };
        written.Finish();
        foreach ((string name, JsonNode? schema) in written.Written)
        {
            schemas.Add(name, schema!.DeepClone());
        }

        JsonObject responses = components["responses"]!.AsObject();
        foreach (IGrouping<int, string> group in ErrorStatuses())
        {
            responses[$"Error{group.Key}"] = new JsonObject
            {
                ["description"] = $"No answer: {string.Join(", ", group)}.",
                ["content"] = Content(new JsonObject { ["$ref"] = "#/components/schemas/Error" }, null),
            };
        }
    }

    private static JsonObject Reasons(MessageSchemas schemas) => schemas.Enumerate(
        ErrorReasonReflection.Descriptor.EnumTypes.Single(static type => type.Name == nameof(ErrorReason)),
        static value => value.Number == 0 ? null : ErrorReasonNames.Name((ErrorReason)value.Number));

    private static JsonObject Read(string resource)
    {
        using Stream stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream(resource)!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
