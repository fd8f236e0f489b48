using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>Looks up all that one assembly references in the stand-ins, as the runtime would.</summary>
/// <remarks>
/// Also every method that overrides one of a stand-in's: the runtime takes an override that matches nothing for a
/// new method and never calls it, without a word.
/// </remarks>
public sealed class ReferenceAudit
{
    private readonly AssemblyImage user;
    private readonly ImmutableDictionary<string, AssemblyImage> standIns;
    private readonly ImmutableHashSet<string> bases;
    private readonly SortedSet<string> unresolved = new(StringComparer.Ordinal);
    private int checkedCount;

    private ReferenceAudit(AssemblyImage user, IEnumerable<AssemblyImage> standIns)
    {
        this.user = user;
        this.standIns = standIns.ToImmutableDictionary(static standIn => standIn.Name);
        bases =
        [
            .. Reader.TypeDefinitions.SelectMany(type => BaseOf(type)?.Chain ?? []).Select(static type => type.Name),
        ];
    }

    private MetadataReader Reader => user.Reader;

    public static AuditReport Run(AssemblyImage user, IEnumerable<AssemblyImage> standIns)
    {
        ReferenceAudit audit = new(user, standIns);
        audit.CheckTypes();
        audit.CheckMembers();
        audit.CheckOverrides();
        return new AuditReport(audit.checkedCount, [.. audit.unresolved]);
    }

    private void CheckTypes()
    {
        foreach (TypeReferenceHandle handle in Reader.TypeReferences)
        {
            if (StandInOf(handle) is { } standIn)
            {
                string name = TypeName.Of(Reader, handle);
                Check(
                    standIn.TryFind(name, out TypeDefinitionHandle type) && Visibility.IsSeen(standIn.Reader, type),
                    $"type {name} is not there or not public");
            }
        }
    }

    private void CheckMembers()
    {
        foreach (MemberReferenceHandle handle in Reader.MemberReferences)
        {
            MemberReference member = Reader.GetMemberReference(handle);
            if (TypeReferenceIn(member.Parent) is not { } parent
                || StandInOf(parent) is not { } standIn
                || !standIn.TryFind(TypeName.Of(Reader, parent), out TypeDefinitionHandle type))
            {
                continue;
            }

            string name = Reader.GetString(member.Name);
            string signature = member.GetKind() == MemberReferenceKind.Field
                ? member.DecodeFieldSignature(SignatureText.Provider, [])
                : SignatureText.Of(member.DecodeMethodSignature(SignatureText.Provider, []));
            StandInType target = new(standIn, type, []);
            string? problem = target.ProblemWith(member.GetKind(), name, signature, bases.Contains(target.Name));
            Check(problem is null, $"{target.Name}: {name} {signature} {problem}");
        }
    }

    private void CheckOverrides()
    {
        foreach (TypeDefinitionHandle handle in Reader.TypeDefinitions)
        {
            if (BaseOf(handle) is not { } standIn)
            {
                continue;
            }

            foreach (MethodDefinitionHandle methodHandle in Reader.GetTypeDefinition(handle).GetMethods())
            {
                OverrideText method = OverrideText.Of(Reader, methodHandle, []);
                if (method.IsOverride && !ObjectMethods.Contains(method.Name))
                {
                    Check(
                        standIn.HasVirtual(method),
                        $"{TypeName.Of(Reader, handle)}: {method.Name} {method.Signature} overrides nothing");
                }
            }
        }
    }

    private static ImmutableHashSet<string> ObjectMethods { get; } =
        ["ToString", "Equals", "GetHashCode", "Finalize"];

    private void Check(bool isResolved, string problem)
    {
        checkedCount++;
        if (!isResolved)
        {
            unresolved.Add($"{user.Name} → {problem}");
        }
    }

    /// <summary>The stand-in that declares a type which this assembly references; null if none does.</summary>
    private AssemblyImage? StandInOf(TypeReferenceHandle handle)
    {
        EntityHandle scope = Reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => StandInOf((TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => standIns.GetValueOrDefault(Reader.GetString(
                Reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)),
            _ => null,
        };
    }

    /// <summary>The first stand-in's type on the way from a type to object; null if there is none.</summary>
    private StandInType? BaseOf(TypeDefinitionHandle handle)
    {
        EntityHandle parent = Reader.GetTypeDefinition(handle).BaseType;
        if (parent.Kind == HandleKind.TypeDefinition && !parent.IsNil)
        {
            return BaseOf((TypeDefinitionHandle)parent);
        }

        return TypeReferenceIn(parent) is { } reference
            && StandInOf(reference) is { } standIn
            && standIn.TryFind(TypeName.Of(Reader, reference), out TypeDefinitionHandle type)
            ? new StandInType(standIn, type, GenericArguments.Of(Reader, parent))
            : null;
    }

    /// <summary>The reference itself, or what a generic type is made of; null for anything else.</summary>
    private TypeReferenceHandle? TypeReferenceIn(EntityHandle handle) => handle switch
    {
        { IsNil: true } => null,
        { Kind: HandleKind.TypeReference } => (TypeReferenceHandle)handle,
        { Kind: HandleKind.TypeSpecification } =>
            GenericArguments.DefinitionOf(Reader, (TypeSpecificationHandle)handle) is
                { IsNil: false, Kind: HandleKind.TypeReference } definition
                    ? (TypeReferenceHandle)definition
                    : null,
        _ => null,
    };
}
