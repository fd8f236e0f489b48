using System.Reflection.Metadata;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>The full name of a type, as the runtime writes it: <c>Namespace.Outer+Inner`1</c>.</summary>
internal static class TypeName
{
    public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        string name = reader.GetString(type.Name);
        return type.IsNested
            ? $"{Of(reader, type.GetDeclaringType())}+{name}"
            : WithNamespace(reader.GetString(type.Namespace), name);
    }

    public static string Of(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Of(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : WithNamespace(reader.GetString(type.Namespace), name);
    }

    private static string WithNamespace(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
