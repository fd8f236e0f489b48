using System.Collections.Frozen;
using System.Collections.Immutable;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace H2H.Throttle.Server.Reflection;

/// <summary>The proto files behind the services, by name and by every symbol that they declare.</summary>
internal sealed class FileDescriptors
{
    private readonly FrozenDictionary<string, FileDescriptor> byName;
    private readonly FrozenDictionary<string, FileDescriptor> bySymbol;

    /// <param name="services">Those that are served.</param>
    /// <param name="besides">Files that no service imports and that a caller may need all the same.</param>
    public FileDescriptors(IEnumerable<ServiceDescriptor> services, IEnumerable<FileDescriptor> besides)
    {
        ImmutableArray<ServiceDescriptor> served = [.. services];
        ImmutableArray<FileDescriptor> files =
        [
            .. served.Select(static service => service.File)
                .Concat(besides)
                .SelectMany(WithDependencies)
                .DistinctBy(static file => file.Name),
        ];
        Services = [.. served.Select(static service => service.FullName).Order(StringComparer.Ordinal)];
        byName = files.ToFrozenDictionary(static file => file.Name);
        bySymbol = files
            .SelectMany(static file => SymbolsOf(file).Select(symbol => KeyValuePair.Create(symbol, file)))
            .ToFrozenDictionary();
    }

    /// <summary>The full names of the services, in order.</summary>
    public ImmutableArray<string> Services { get; }

    public FileDescriptor? FindByName(string name) => byName.GetValueOrDefault(name);

    /// <param name="symbol">The full name of a service, call, message, field or enum.</param>
    public FileDescriptor? FindBySymbol(string symbol) => bySymbol.GetValueOrDefault(symbol);

    /// <summary>The file and all that it imports, each after what it imports.</summary>
    public static IReadOnlyList<FileDescriptor> WithDependencies(FileDescriptor file)
    {
        List<FileDescriptor> ordered = [];
        Visit(file, ordered);
        return ordered;
    }

    private static void Visit(FileDescriptor file, List<FileDescriptor> ordered)
    {
        if (ordered.Contains(file))
        {
            return;
        }

        foreach (FileDescriptor needed in file.Dependencies)
        {
            Visit(needed, ordered);
        }

        ordered.Add(file);
    }

    private static IEnumerable<string> SymbolsOf(FileDescriptor file) =>
    [
        .. file.Services.Select(static service => service.FullName),
        .. file.Services.SelectMany(static service => service.Methods).Select(static call => call.FullName),
        .. file.EnumTypes.SelectMany(SymbolsOf),
        .. file.MessageTypes.SelectMany(SymbolsOf),
    ];

    private static IEnumerable<string> SymbolsOf(MessageDescriptor message) =>
    [
        message.FullName,
        .. message.Fields.InDeclarationOrder().Select(static field => field.FullName),
        .. message.Oneofs.Select(static oneof => oneof.FullName),
        .. message.EnumTypes.SelectMany(SymbolsOf),
        .. message.NestedTypes.SelectMany(SymbolsOf),
    ];

    // The values of an enum are named as its neighbours, not as its members.
    private static IEnumerable<string> SymbolsOf(EnumDescriptor type)
    {
        string scope = type.FullName[..^type.Name.Length];
        return type.Values.Select(value => scope + value.Name).Prepend(type.FullName);
    }
}
