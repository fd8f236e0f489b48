using System.Diagnostics.CodeAnalysis;
using H2H.Throttle.Core.Ledgers;

namespace H2H.Throttle.Engine.Identity;

/// <summary>
/// Names a contact, or the reservation it was, to callers: the person's key and the contact's number.
/// </summary>
/// <remarks>Letters, digits, <c>-</c> and <c>_</c>: 22 characters of base64url, then the number in base 36.</remarks>
public readonly record struct ContactId(PersonKey Person, ContactNumber Number)
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int NumberLengthMax = 13;

    public static bool TryParse(string? text, [NotNullWhen(true)] out ContactId? id)
    {
        id = null;
        if (text is null || text.Length <= PersonKey.Length || text.Length > PersonKey.Length + NumberLengthMax)
        {
            return false;
        }

        Int128 number = 0;
        foreach (char digit in text.AsSpan(PersonKey.Length))
        {
            int value = Digits.IndexOf(digit, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            number = (number * 36) + value;
        }

        string person = text[..PersonKey.Length];
        if (number > long.MaxValue || !person.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return false;
        }

        id = new ContactId(new PersonKey(person), new ContactNumber((long)number));
        return true;
    }

    public override string ToString()
    {
        Span<char> text = stackalloc char[NumberLengthMax];
        int place = text.Length;
        long rest = Number.Value;
        do
        {
            text[--place] = Digits[(int)(rest % 36)];
            rest /= 36;
        }
        while (rest > 0);

        return string.Concat(Person.Text, text[place..]);
    }
}
