using System.Reflection;
using System.Reflection.Metadata;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>What another assembly may see.</summary>
internal static class Visibility
{
    /// <summary>True if the type and all that it is nested in are public, or protected within a public type.</summary>
    public static bool IsSeen(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                IsSeen(reader, type.GetDeclaringType()),
            _ => false,
        };
    }

    /// <summary>True if the member may be used from outside by who derives from its type, or who does not.</summary>
    public static bool IsSeen(MethodAttributes attributes, bool isDerived) =>
        (attributes & MethodAttributes.MemberAccessMask) switch
        {
            MethodAttributes.Public => true,
            MethodAttributes.Family or MethodAttributes.FamORAssem => isDerived,
            _ => false,
        };

    /// <inheritdoc cref="IsSeen(MethodAttributes, bool)"/>
    public static bool IsSeen(FieldAttributes attributes, bool isDerived) =>
        (attributes & FieldAttributes.FieldAccessMask) switch
        {
            FieldAttributes.Public => true,
            FieldAttributes.Family or FieldAttributes.FamORAssem => isDerived,
            _ => false,
        };
}
