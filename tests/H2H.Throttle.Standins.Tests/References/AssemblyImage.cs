using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>An assembly as it lies on the disk, read without running any of it.</summary>
public sealed class AssemblyImage : IDisposable
{
    private readonly PEReader file;
    private readonly Lazy<FrozenDictionary<string, TypeDefinitionHandle>> types;

    private AssemblyImage(PEReader file)
    {
        this.file = file;
        Reader = file.GetMetadataReader();
        Name = Reader.GetString(Reader.GetAssemblyDefinition().Name);
        References =
        [
            .. Reader.AssemblyReferences.Select(
                handle => Reader.GetString(Reader.GetAssemblyReference(handle).Name)),
        ];
        types = new(() => Reader.TypeDefinitions.ToFrozenDictionary(
            handle => TypeName.Of(Reader, handle), static handle => handle));
    }

    public string Name { get; }

    /// <summary>The simple names of the assemblies that this one was compiled against.</summary>
    public ImmutableArray<string> References { get; }

    /// <summary>Name, version, culture and token of the public key.</summary>
    public string Identity => Reader.GetAssemblyDefinition().GetAssemblyName().FullName;

    internal MetadataReader Reader { get; }

    public static AssemblyImage Read(ReadOnlyMemory<byte> bytes) => new(new PEReader([.. bytes.Span]));

    /// <summary>Every assembly in a folder. Libraries that are no assemblies are left out.</summary>
    public static IEnumerable<AssemblyImage> InFolder(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal))
        {
            PEReader file = new([.. File.ReadAllBytes(path)]);
            if (file.HasMetadata)
            {
                yield return new AssemblyImage(file);
            }
            else
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Of a referenced assembly, as it was when this one was compiled.</summary>
    public string IdentityOf(string reference) => Reader.AssemblyReferences
        .Select(handle => Reader.GetAssemblyReference(handle).GetAssemblyName())
        .Single(name => name.Name == reference).FullName;

    public void Dispose() => file.Dispose();

    internal bool TryFind(string typeName, out TypeDefinitionHandle type) =>
        types.Value.TryGetValue(typeName, out type);
}
