using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Access;

/// <summary>
/// Whether a caller that may speak for some brands only speaks for one of those: in every contact that its message has,
/// and in every contact that its message names by id.
/// </summary>
/// <remarks>Goes by the message's descriptor, so that no call can forget it.</remarks>
internal sealed class BrandCheck(ThrottleEngine engine)
{
    private static readonly string[] IdFields = ["reservation_id", "contact_id"];

    private readonly ConcurrentDictionary<MessageDescriptor, ImmutableArray<FieldDescriptor>> fields = new();

    /// <exception cref="RefusedException">It speaks for another.</exception>
    public async ValueTask CheckAsync(Caller caller, IMessage message, CancellationToken cancellation)
    {
        foreach (FieldDescriptor field in fields.GetOrAdd(message.Descriptor, TellingFields))
        {
            object? value = field.Accessor.GetValue(message);
            if (value is string id)
            {
                await CheckIdAsync(caller, id, field.Name, cancellation);
            }
            else if (value is Contact contact)
            {
                Require(caller, contact.Brand.Length == 0 ? null : contact.Brand, $"{field.Name}.brand");
            }
            else if (value is IMessage part)
            {
                await CheckAsync(caller, part, cancellation);
            }
            else if (value is IList items)
            {
                await CheckAllAsync(caller, items, field, cancellation);
            }
        }
    }

    /// <summary>Of one contact of many, for which nobody else is refused.</summary>
    /// <exception cref="RefusedException">It is of another brand.</exception>
    public static void Check(Caller caller, Contact? contact)
    {
        if (!caller.Brands.IsEmpty)
        {
            Require(caller, contact?.Brand is { Length: > 0 } brand ? brand : null, "contact.brand");
        }
    }

    private async ValueTask CheckAllAsync(
        Caller caller, IList items, FieldDescriptor field, CancellationToken cancellation)
    {
        foreach (object item in items)
        {
            if (item is Contact contact)
            {
                Require(caller, contact.Brand.Length == 0 ? null : contact.Brand, $"{field.Name}.brand");
            }
            else if (item is IMessage part)
            {
                await CheckAsync(caller, part, cancellation);
            }
        }
    }

    // An id that names nothing is for the call itself to refuse.
    private async ValueTask CheckIdAsync(Caller caller, string id, string field, CancellationToken cancellation)
    {
        if (id.Length > 0 && await engine.People.FindContactAsync(id, cancellation) is { } known)
        {
            Require(caller, known.Contact.Traits.Brand, field);
        }
    }

    private static void Require(Caller caller, string? brand, string field)
    {
        if (!caller.SpeaksFor(brand))
        {
            throw AccessErrorWire.NotForBrand(caller, field);
        }
    }

    private static ImmutableArray<FieldDescriptor> TellingFields(MessageDescriptor message) =>
        ManyItems.AreIn(message)
            ? []
            : [.. message.Fields.InDeclarationOrder().Where(static field => Tells(field, []))];

    private static bool Tells(FieldDescriptor field, ImmutableHashSet<MessageDescriptor> within)
    {
        if (field.FieldType is not FieldType.Message)
        {
            return field.FieldType is FieldType.String && !field.IsRepeated && IdFields.Contains(field.Name);
        }

        MessageDescriptor type = field.MessageType;
        return type == Contact.Descriptor
            || (!field.IsMap
                && !within.Contains(type)
                && type.Fields.InDeclarationOrder().Any(part => Tells(part, within.Add(type))));
    }
}
