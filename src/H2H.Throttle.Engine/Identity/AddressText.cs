using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Identity;

/// <summary>Reads an address by which a person is to be found, strictly: a wrong one would be somebody else.</summary>
internal static class AddressText
{
    public const string Mail = "email:";
    public const string Phone = "tel:";   // RFC 3966
    public const string Device = "device:";

    private const int MailLengthMax = 254;   // RFC 5321, 4.5.3.1.3, less the angle brackets

    /// <summary>Whether it says itself that it is an address and no id.</summary>
    public static bool IsAddress(string? text) => text is not null
        && (IsMarked(text, Mail) || IsMarked(text, Phone) || IsMarked(text, Device));

    /// <param name="text">With what it is before it, or without; then <c>@</c> and digits tell.</param>
    /// <param name="mailboxes">Which mail addresses are one mailbox.</param>
    public static AddressReading Read(string text, MailboxRules mailboxes)
    {
        if (text.Length > RequestBounds.AddressLengthMax)
        {
            return Wrong(AliasKind.Id, $"has {text.Length} characters; at most {RequestBounds.AddressLengthMax} are "
                + "allowed.");
        }

        if (text.Any(char.IsControl))
        {
            return Wrong(AliasKind.Id, "has control characters; leave them out.");
        }

        string form = AddressForm.Of(text);
        return AddressForm.KindOf(text) switch
        {
            AliasKind.Email => ReadMail(form, mailboxes),
            AliasKind.Phone => ReadPhone(form),
            _ => form.Length == 0
                ? Wrong(AliasKind.Device, "names no device; give device: and its token.")
                : new AddressReading(AliasKind.Device, form),
        };
    }

    internal static bool IsMarked(string text, string mark) =>
        text.StartsWith(mark, StringComparison.OrdinalIgnoreCase);

    private static AddressReading ReadMail(string form, MailboxRules mailboxes) =>
        AddressForm.IsPlainMail(form) && form.Length <= MailLengthMax
            ? new AddressReading(AliasKind.Email, AddressForm.Reduced(form, mailboxes))
            : Wrong(AliasKind.Email, "is no e-mail address; give one such as email:ann@example.org, without a name and "
                + "angle brackets.");

    private static AddressReading ReadPhone(string form) => AddressForm.IsWholePhone(form)
        ? new AddressReading(AliasKind.Phone, form)
        : Wrong(AliasKind.Phone, AddressForm.IsPartOfPhone(form)
            ? "is a phone number without its country code; give it in E.164, + and the country code first: "
                + "tel:+390212345678. A device whose name has digits alone is given as device:…."
            : "is no phone number; give one in E.164: + and 7 to 15 digits, the country code first, such as "
                + "tel:+390212345678.");

    private static AddressReading Wrong(AliasKind kind, string fault) => new(kind, "", fault);
}
