using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using H2H.Throttle.Wire;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace H2H.Throttle.Server.OpenApi;

/// <summary>What the protos say in their comments, which the descriptors of generated code leave out.</summary>
internal sealed partial class ProtoComments
{
    private const string Resource = "protos.binpb";

    private readonly FrozenDictionary<string, string> byName;

    private ProtoComments(IEnumerable<KeyValuePair<string, string>> comments) =>
        byName = comments.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads them from what protoc wrote when the wire types were generated.</summary>
    public static ProtoComments Load()
    {
        using Stream stream = typeof(ErrorReason).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The wire types have no {Resource}.");
        FileDescriptorSet set = FileDescriptorSet.Parser.ParseFrom(stream);
        IReadOnlyList<FileDescriptor> files =
            FileDescriptor.BuildFromByteStrings(set.File.Select(static file => file.ToByteString()));
        return new ProtoComments(files.SelectMany(CommentsIn));
    }

    /// <summary>
    /// The comment before a service, call, message, field, enum or value; empty: it has none. A line is a paragraph.
    /// </summary>
    public string Of(IDescriptor descriptor) => byName.GetValueOrDefault(descriptor.FullName, "");

    private static IEnumerable<KeyValuePair<string, string>> CommentsIn(FileDescriptor file) =>
    [
        .. file.Services.SelectMany(static service => CommentsIn(service)),
        .. file.MessageTypes.SelectMany(CommentsIn),
        .. file.EnumTypes.SelectMany(CommentsIn),
    ];

    private static IEnumerable<KeyValuePair<string, string>> CommentsIn(ServiceDescriptor service) =>
    [
        Comment(service, service.Declaration),
        .. service.Methods.Select(static method => Comment(method, method.Declaration)),
    ];

    private static IEnumerable<KeyValuePair<string, string>> CommentsIn(MessageDescriptor message) =>
    [
        Comment(message, message.Declaration),
        .. message.Fields.InDeclarationOrder().Select(static field => Comment(field, field.Declaration)),
        .. message.NestedTypes.SelectMany(CommentsIn),
        .. message.EnumTypes.SelectMany(CommentsIn),
    ];

    private static IEnumerable<KeyValuePair<string, string>> CommentsIn(EnumDescriptor type) =>
    [
        Comment(type, type.Declaration),
        .. type.Values.Select(static value => Comment(value, value.Declaration)),
    ];

    private static KeyValuePair<string, string> Comment(IDescriptor descriptor, DescriptorDeclaration? declaration) =>
        KeyValuePair.Create(descriptor.FullName, Paragraphs(declaration?.LeadingComments ?? ""));

    // Lines of a proto end where its width does; a blank one parts paragraphs.
    private static string Paragraphs(string comment) =>
        string.Join('\n', BlankLine().Split(comment.Trim()).Select(static part => LineEnd().Replace(part, " ").Trim()));

    [GeneratedRegex(@"\n *\n")]
    private static partial Regex BlankLine();

    [GeneratedRegex(@" *\n *")]
    private static partial Regex LineEnd();
}
