using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>Writes signatures so that two are equal as text exactly if the runtime takes them for equal.</summary>
/// <remarks>
/// The context is what the generic parameters of the declaring type stand for; where it is empty they are numbered.
/// Which assembly a type comes from is left out: the same type may be reached through different facades.
/// </remarks>
internal sealed class SignatureText : ISignatureTypeProvider<string, ImmutableArray<string>>
{
    private const byte ValueTypeKind = 0x11;

    public static SignatureText Provider { get; } = new();

    public static string Of(MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "" : "static ")}{signature.ReturnType} " +
        $"{(signature.GenericParameterCount == 0 ? "" : $"<{signature.GenericParameterCount}>")}" +
        $"({string.Join(", ", signature.ParameterTypes)})";

    public string GetArrayType(string elementType, ArrayShape shape) =>
        $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => $"ref {elementType}";

    public string GetFunctionPointerType(MethodSignature<string> signature) => $"function {Of(signature)}";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter(ImmutableArray<string> genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(ImmutableArray<string> genericContext, int index) =>
        index < genericContext.Length ? genericContext[index] : $"!{index}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
        isRequired ? $"{unmodifiedType} modreq {modifier}" : unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Kind(rawTypeKind) + TypeName.Of(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Kind(rawTypeKind) + TypeName.Of(reader, handle);

    public string GetTypeFromSpecification(
        MetadataReader reader, ImmutableArray<string> genericContext, TypeSpecificationHandle handle,
        byte rawTypeKind) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    private static string Kind(byte rawTypeKind) => rawTypeKind == ValueTypeKind ? "struct " : "";
}
