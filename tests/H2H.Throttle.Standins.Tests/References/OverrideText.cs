using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>What must be equal in a method and in the one that it overrides.</summary>
/// <param name="Name">Of the method.</param>
/// <param name="Signature">Its parameters and what it returns.</param>
/// <param name="Constraints">What its type parameters are held to.</param>
/// <param name="IsVirtual">True if it can be overridden, or overrides.</param>
/// <param name="IsOverride">True if it takes the place of an inherited one rather than a new one.</param>
internal sealed record OverrideText(
    string Name, string Signature, string Constraints, bool IsVirtual, bool IsOverride)
{
    public static OverrideText Of(
        MetadataReader reader, MethodDefinitionHandle handle, ImmutableArray<string> typeArguments)
    {
        MethodDefinition method = reader.GetMethodDefinition(handle);
        bool isVirtual = method.Attributes.HasFlag(MethodAttributes.Virtual);
        return new OverrideText(
            reader.GetString(method.Name),
            SignatureText.Of(method.DecodeSignature(SignatureText.Provider, typeArguments)),
            string.Join("; ", method.GetGenericParameters().Select(parameter => ConstraintsOf(reader, parameter))),
            isVirtual,
            isVirtual && !method.Attributes.HasFlag(MethodAttributes.NewSlot));
    }

    private static string ConstraintsOf(MetadataReader reader, GenericParameterHandle handle)
    {
        GenericParameter parameter = reader.GetGenericParameter(handle);
        IEnumerable<string> types = parameter.GetConstraints()
            .Select(constraint => reader.GetGenericParameterConstraint(constraint).Type)
            .Select(type => type.Kind switch
            {
                HandleKind.TypeDefinition => TypeName.Of(reader, (TypeDefinitionHandle)type),
                HandleKind.TypeReference => TypeName.Of(reader, (TypeReferenceHandle)type),
                _ => reader.GetTypeSpecification((TypeSpecificationHandle)type)
                    .DecodeSignature(SignatureText.Provider, []),
            });
        GenericParameterAttributes special =
            parameter.Attributes & GenericParameterAttributes.SpecialConstraintMask;
        return string.Join(", ", types.Order(StringComparer.Ordinal).Prepend(special.ToString()));
    }
}
