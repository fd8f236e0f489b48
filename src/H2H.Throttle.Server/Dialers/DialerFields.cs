using System.Collections.Immutable;
using Google.Protobuf.Reflection;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Dialers;

/// <summary>What a dialer may tell, by the names that settings give it.</summary>
internal static class DialerFields
{
    /// <summary>The dialer's own id of this attempt: it makes asking safe to repeat, and its outcome find it.</summary>
    public const string Record = "record_id";

    /// <summary>The dialer's word for what became of the call.</summary>
    public const string Disposition = "disposition";

    /// <summary>What the answer to the ask gave, where the dialer can send it back.</summary>
    public const string Reservation = "reservation_id";

    public const string Person = "person_id";
    public const string Purpose = "purpose";
    public const string Subjects = "subjects";

    /// <summary>What a label's name follows.</summary>
    public const string Label = "label.";

    /// <summary>All but labels: those of a contact that are a text or a whole number, and the above.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        Record, Disposition, Reservation,
        .. Contact.Descriptor.Fields.InFieldNumberOrder().Where(IsPlain).Select(static field => field.Name),
        Subjects,
    ];

    public static bool IsKnown(string name) =>
        Names.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (name.StartsWith(Label, StringComparison.OrdinalIgnoreCase) && name.Length > Label.Length);

    public static bool IsPlain(FieldDescriptor field) =>
        !field.IsRepeated && field.FieldType is FieldType.String or FieldType.Int32;
}
