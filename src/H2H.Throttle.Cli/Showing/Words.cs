using Google.Protobuf.Reflection;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Showing;

/// <summary>The words of the wire's enums as they stand in the protos, without their prefix.</summary>
internal static class Words
{
    /// <summary><c>CAP_REACHED</c></summary>
    public static string Of(ReasonCode code) =>
        Of(DecisionReflection.Descriptor, nameof(ReasonCode), (int)code, "REASON_CODE_");

    /// <summary><c>confirmed</c></summary>
    public static string Of(ContactState state) =>
        Of(ContactReflection.Descriptor, nameof(ContactState), (int)state, "CONTACT_STATE_").ToLowerInvariant();

    /// <summary><c>admin key</c></summary>
    public static string Of(ActorKind kind) =>
        Of(ActorReflection.Descriptor, nameof(ActorKind), (int)kind, "ACTOR_KIND_").ToLowerInvariant()
            .Replace('_', ' ');

    /// <summary>Those that are not empty, with spaces between.</summary>
    public static string Join(params IEnumerable<string> words) =>
        string.Join(' ', words.Where(static word => word.Length > 0));

    private static string Of(FileDescriptor file, string type, int number, string prefix)
    {
        EnumValueDescriptor? value = file.EnumTypes.Single(one => one.Name == type).FindValueByNumber(number);
        return value is null ? $"{prefix}{number}" : value.Name[prefix.Length..];
    }
}
