using System.Globalization;
using System.Text;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Merging;

namespace H2H.Throttle.Engine.Identity;

/// <summary>The one form of an address, so that however it is written it has one hash.</summary>
/// <remarks>
/// E-mail addresses in small letters, a domain of other than ASCII letters as the DNS has it. Phone numbers, 7 to 15
/// digits (ITU-T E.164), without what people write between digits: <c>+12025550100</c>, or digits alone where the
/// country code is not told. Anything else, such as the name of a device, as it is. Nothing around it.
/// </remarks>
public static class AddressForm
{
    public const int PhoneDigitsMin = 7;
    public const int PhoneDigitsMax = 15;

    private const string BetweenDigits = " -.()/,\u00a0\u2010\u2011\u2013";
    private const string TelephoneScheme = AddressText.Phone;
    private static readonly IdnMapping Domains = new();

    public static string Of(string address)
    {
        string text = address.Trim();
        if (AddressText.IsMarked(text, AddressText.Device))
        {
            string name = text[AddressText.Device.Length..].Trim();
            return IsMail(name) || PhoneIn(name) is not null ? AddressText.Device + name : name;
        }

        string mail = AddressText.IsMarked(text, AddressText.Mail) ? text[AddressText.Mail.Length..].Trim() : text;
        return IsMail(mail) ? MailOf(mail) : PhoneIn(text) ?? mail;
    }

    /// <summary>What it is by what stands before it, or else by how it looks.</summary>
    public static AliasKind KindOf(string address)
    {
        string text = address.Trim();
        return AddressText.IsMarked(text, AddressText.Device) ? AliasKind.Device
            : AddressText.IsMarked(text, AddressText.Mail) ? AliasKind.Email
            : AddressText.IsMarked(text, AddressText.Phone) ? AliasKind.Phone
            : IsMail(text) ? AliasKind.Email
            : text.StartsWith('+') || PhoneIn(text) is not null ? AliasKind.Phone
            : AliasKind.Device;
    }

    /// <summary>A mail address as the mailbox that it reaches, as far as a policy says what is one.</summary>
    /// <param name="form">As <see cref="Of"/> gives it.</param>
    /// <param name="mailboxes">What the policy says.</param>
    public static string Reduced(string form, MailboxRules mailboxes)
    {
        int at = form.LastIndexOf('@');
        if (at <= 0 || mailboxes.IsEmpty)
        {
            return form;
        }

        string domain = form[(at + 1)..];
        string local = form[..at];
        int tag = mailboxes.IgnoresTags(domain) ? local.IndexOf('+', StringComparison.Ordinal) : -1;
        local = tag > 0 ? local[..tag] : local;
        string dotless = mailboxes.IgnoresDots(domain) ? local.Replace(".", "", StringComparison.Ordinal) : local;
        return $"{(dotless.Length > 0 ? dotless : local)}@{domain}";
    }

    public static bool IsMail(string address) => address.Contains('@', StringComparison.Ordinal);

    /// <summary>Whether it is one mail address, and nothing around it.</summary>
    public static bool IsPlainMail(string form)
    {
        int at = form.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at == form.LastIndexOf('@')
            && at < form.Length - 1
            && !form.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c) || c is ',' or ';' or '<' or '>' or '"'
                or '\uFFFD');
    }

    /// <summary>In small letters, the domain as the DNS has it (RFC 5891).</summary>
    private static string MailOf(string text)
    {
        string small = text.ToLowerInvariant();
        int at = small.LastIndexOf('@');
        string domain = small[(at + 1)..].TrimEnd('.');
        return string.Concat(small.AsSpan(0, at + 1), Ascii.IsValid(domain) ? domain : AsciiOf(domain));
    }

    private static string AsciiOf(string domain)
    {
        try
        {
            return Domains.GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return domain;   // it is no domain, and is told so where that matters
        }
    }

    /// <summary>Whether it is a phone number with its country code: <c>+</c> and digits.</summary>
    public static bool IsWholePhone(string form) =>
        form.StartsWith('+') && form.Length - 1 is >= PhoneDigitsMin and <= PhoneDigitsMax && AreDigits(form.AsSpan(1));

    /// <summary>Whether it is a phone number of which nobody knows the country: lists are not written so.</summary>
    public static bool IsPartOfPhone(string form) =>
        form.Length is >= PhoneDigitsMin and <= PhoneDigitsMax && AreDigits(form);

    /// <summary><c>+</c> and digits, or digits alone; null: it is no phone number.</summary>
    private static string? PhoneIn(string text)
    {
        if (text.StartsWith(TelephoneScheme, StringComparison.OrdinalIgnoreCase))
        {
            text = text[TelephoneScheme.Length..];
        }

        Span<char> form = stackalloc char[PhoneDigitsMax + 3];
        int length = 0;
        foreach (char one in text)
        {
            bool isKept = char.IsAsciiDigit(one) || (one is '+' && length == 0);
            if ((!isKept && !BetweenDigits.Contains(one, StringComparison.Ordinal)) || length == form.Length)
            {
                return null;
            }

            if (isKept)
            {
                form[length++] = one;
            }
        }

        ReadOnlySpan<char> digits = form[..length].TrimStart('+');
        bool isInternational = length > digits.Length || digits.StartsWith("00");
        digits = length == digits.Length && isInternational ? digits[2..] : digits;
        return digits.Length is < PhoneDigitsMin or > PhoneDigitsMax
            ? null
            : isInternational ? string.Concat("+", digits) : digits.ToString();
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
