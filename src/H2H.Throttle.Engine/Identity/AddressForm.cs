namespace H2H.Throttle.Engine.Identity;

/// <summary>The one form of an address, so that however it is written it has one hash.</summary>
/// <remarks>
/// E-mail addresses in small letters. Phone numbers, 7 to 15 digits (ITU-T E.164), without what people write between
/// digits: <c>+12025550100</c>, or digits alone where the country code is not told. Anything else, such as the name of
/// a device, as it is. Nothing around it.
/// </remarks>
public static class AddressForm
{
    public const int PhoneDigitsMin = 7;
    public const int PhoneDigitsMax = 15;

    private const string BetweenDigits = " -.()/,\u00a0\u2010\u2011\u2013";
    private const string TelephoneScheme = "tel:";   // RFC 3966

    public static string Of(string address)
    {
        string text = address.Trim();
        return IsMail(text) ? text.ToLowerInvariant() : PhoneIn(text) ?? text;
    }

    public static bool IsMail(string address) => address.Contains('@', StringComparison.Ordinal);

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
