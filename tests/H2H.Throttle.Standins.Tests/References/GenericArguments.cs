using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>Takes an instance of a generic type apart.</summary>
/// <remarks>Source: ECMA-335, II.23.2.14: a code, the kind of the type, the type, a count, and the arguments.</remarks>
internal static class GenericArguments
{
    /// <summary>The generic type; nil where the handle is not an instance of one.</summary>
    public static EntityHandle DefinitionOf(MetadataReader reader, TypeSpecificationHandle handle)
    {
        BlobReader blob = reader.GetBlobReader(reader.GetTypeSpecification(handle).Signature);
        return ReadDefinition(ref blob);
    }

    /// <summary>What the type's parameters stand for, as text; empty for a type without any.</summary>
    public static ImmutableArray<string> Of(MetadataReader reader, EntityHandle handle)
    {
        if (handle.Kind != HandleKind.TypeSpecification)
        {
            return [];
        }

        BlobReader blob = reader.GetBlobReader(
            reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
        if (ReadDefinition(ref blob).IsNil)
        {
            return [];
        }

        SignatureDecoder<string, ImmutableArray<string>> decoder = new(SignatureText.Provider, reader, []);
        string[] arguments = new string[blob.ReadCompressedInteger()];
        for (int index = 0; index < arguments.Length; index++)
        {
            arguments[index] = decoder.DecodeType(ref blob);
        }

        return [.. arguments];
    }

    private static EntityHandle ReadDefinition(ref BlobReader blob)
    {
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return default;
        }

        _ = blob.ReadByte();
        return blob.ReadTypeHandle();
    }
}
