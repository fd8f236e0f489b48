using System.Collections.Frozen;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Errors;

/// <summary>The words by which reasons go over the wire: <c>CHANNEL_UNKNOWN</c>, without the enum's prefix.</summary>
internal static class ErrorReasonNames
{
    private const string Prefix = "ERROR_REASON_";

    private static readonly FrozenDictionary<ErrorReason, string> Names = ErrorReasonReflection.Descriptor.EnumTypes
        .Single(static type => type.Name == nameof(ErrorReason))
        .Values
        .ToFrozenDictionary(static value => (ErrorReason)value.Number, static value => value.Name[Prefix.Length..]);

    public static string Name(ErrorReason reason) => Names[reason];
}
