using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>A type of a stand-in, with what its type parameters stand for where that is known.</summary>
internal sealed class StandInType(
    AssemblyImage standIn, TypeDefinitionHandle handle, ImmutableArray<string> typeArguments)
{
    private readonly TypeDefinition type = standIn.Reader.GetTypeDefinition(handle);

    public string Name { get; } = TypeName.Of(standIn.Reader, handle);

    /// <summary>This type and all that it derives from within the stand-in, this one first.</summary>
    public IEnumerable<StandInType> Chain => Base is { } parent ? parent.Chain.Prepend(this) : [this];

    private MetadataReader Reader => standIn.Reader;

    /// <summary>Why a reference to the member would fail at run time; null if it would not.</summary>
    public string? ProblemWith(MemberReferenceKind kind, string name, string signature, bool isDerived)
    {
        bool? isSeen = kind == MemberReferenceKind.Field
            ? FindField(name, signature, isDerived)
            : FindMethod(name, signature, isDerived);
        return isSeen switch
        {
            true => null,
            false => "is there but cannot be seen",
            null when Base is { } parent => parent.ProblemWith(kind, name, signature, isDerived),
            null => "is not there",
        };
    }

    /// <summary>True if this type, or one that it derives from, has such a method to override.</summary>
    public bool HasVirtual(OverrideText method) =>
        type.GetMethods()
            .Select(candidate => OverrideText.Of(Reader, candidate, typeArguments))
            .Any(candidate => candidate.IsVirtual
                && (candidate.Name, candidate.Signature, candidate.Constraints)
                    == (method.Name, method.Signature, method.Constraints))
        || (Base?.HasVirtual(method) ?? false);

    /// <summary>The type that this one derives from; null if it is not of the same stand-in.</summary>
    private StandInType? Base => type.BaseType switch
    {
        { IsNil: true } => null,
        { Kind: HandleKind.TypeDefinition } parent =>
            new StandInType(standIn, (TypeDefinitionHandle)parent, typeArguments),
        _ => null,
    };

    private bool? FindField(string name, string signature, bool isDerived) => type.GetFields()
        .Select(Reader.GetFieldDefinition)
        .Where(field => Reader.GetString(field.Name) == name
            && field.DecodeSignature(SignatureText.Provider, []) == signature)
        .Select(field => (bool?)Visibility.IsSeen(field.Attributes, isDerived))
        .FirstOrDefault();

    private bool? FindMethod(string name, string signature, bool isDerived) => type.GetMethods()
        .Select(Reader.GetMethodDefinition)
        .Where(method => Reader.GetString(method.Name) == name
            && SignatureText.Of(method.DecodeSignature(SignatureText.Provider, [])) == signature)
        .Select(method => (bool?)Visibility.IsSeen(method.Attributes, isDerived))
        .FirstOrDefault();
}
