using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using H2H.Throttle.Engine.Policies.Readers;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Http;

/// <summary>Finds which fields of a JSON object keep it from being a certain message.</summary>
/// <remarks>Never quotes a value: it may be personal.</remarks>
internal sealed class JsonFaults(JsonParser parser)
{
    private const string WellKnown = "google.protobuf.";
    private const int FaultsMax = 100;   // more than an answer names
    private const int NameLengthMax = 80;

    private readonly List<Violation> found = [];

    public IReadOnlyList<Violation> Found => found;

    /// <param name="element">What was sent.</param>
    /// <param name="descriptor">What was expected.</param>
    /// <param name="path">The field that holds it; empty for the whole body.</param>
    public void Find(JsonElement element, MessageDescriptor descriptor, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Add(path, $"{NameOf(path)} must be an object, {{…}}, with the fields of {descriptor.FullName}.");
            return;
        }

        foreach (JsonProperty property in element.EnumerateObject().TakeWhile(_ => found.Count < FaultsMax))
        {
            FieldDescriptor? field = FieldOf(descriptor, property.Name);
            string name = field?.Name ?? Short(property.Name);
            string at = path.Length == 0 ? name : $"{path}.{name}";
            if (field is null)
            {
                Add(at, $"{at} is no field of {descriptor.FullName}. {HintOf(property.Name, descriptor)}");
            }
            else if (!Parses(property, descriptor))
            {
                FindIn(property.Value, field, at);
            }
        }
    }

    private void FindIn(JsonElement value, FieldDescriptor field, string path)
    {
        int before = found.Count;
        if (IsMessage(field) && !field.IsRepeated)
        {
            Find(value, field.MessageType, path);
        }
        else if (IsMessage(field) && !field.IsMap && value.ValueKind == JsonValueKind.Array)
        {
            foreach ((int index, JsonElement item) in value.EnumerateArray().Index()
                .TakeWhile(_ => found.Count < FaultsMax))
            {
                Find(item, field.MessageType, $"{path}[{index}]");
            }
        }

        if (found.Count == before)
        {
            Add(path, $"{path} must be {Form(field)}.");
        }
    }

    private bool Parses(JsonProperty property, MessageDescriptor descriptor)
    {
        try
        {
            string alone = $"{{{JsonSerializer.Serialize(property.Name)}:{property.Value.GetRawText()}}}";
            _ = parser.Parse(alone, descriptor);
            return true;
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidJsonException)
        {
            return false;
        }
    }

    private void Add(string path, string message) => found.Add(new Violation(path, ErrorReason.BodyMalformed, message));

    private static string Short(string name)
    {
        if (name.Length <= NameLengthMax)
        {
            return name;
        }

        int length = char.IsHighSurrogate(name, NameLengthMax - 1) ? NameLengthMax - 1 : NameLengthMax;
        return $"{name[..length]}…";
    }

    private static string NameOf(string path) => path.Length == 0 ? "The body" : path;

    private static FieldDescriptor? FieldOf(MessageDescriptor descriptor, string name) =>
        descriptor.Fields.InDeclarationOrder().FirstOrDefault(field => field.JsonName == name || field.Name == name);

    private static string HintOf(string name, MessageDescriptor descriptor)
    {
        IEnumerable<string> known = descriptor.Fields.InDeclarationOrder().Select(static field => field.JsonName);
        return Nearest.To(name, known) is { } near ? $"Did you mean {near}?" : $"It has {string.Join(", ", known)}.";
    }

    private static bool IsMessage(FieldDescriptor field) =>
        field.FieldType == FieldType.Message
        && !field.MessageType.FullName.StartsWith(WellKnown, StringComparison.Ordinal);

    private static string Form(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            return "an object of texts, {\"key\": \"value\"}";
        }

        string one = field.FieldType switch
        {
            FieldType.String => "a text, \"…\"",
            FieldType.Bool => "true or false",
            FieldType.Int32 => "a whole number of 32 bits",
            FieldType.Int64 => "a whole number of 64 bits",
            FieldType.Enum => $"one of {string.Join(", ", field.EnumType.Values.Select(static value => value.Name))}",
            FieldType.Message => WellKnownForm(field.MessageType.Name),
            _ => $"a value of type {field.FieldType}",
        };
        return field.IsRepeated ? $"a list, […], of which each is {one}" : one;
    }

    private static string WellKnownForm(string name) => name switch
    {
        "Timestamp" => "an instant as in \"2026-03-02T09:00:00Z\"",
        "Duration" => "seconds as in \"900s\"",
        "FieldMask" => "field names as in \"zone,country\"",
        _ => $"an object of type {name}",
    };
}
