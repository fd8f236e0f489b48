using System.Globalization;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Lists;

/// <summary>Reads the lines of a suppression list: an address each, or its hash as an export writes it.</summary>
/// <param name="hasher">Holds the key.</param>
/// <param name="countryCode">Put before phone numbers that have none; null: those are bad lines.</param>
/// <param name="hashesOf">With how many of the keys hashes were made; null: lines are not to be hashes.</param>
internal sealed class LineReader(IdentityHasher hasher, string? countryCode, int? hashesOf)
{
    private const string HashMark = "hash:";
    private const int HashDigits = 16;

    /// <summary>How an export writes an address.</summary>
    public static string Write(ulong hash) => $"{HashMark}{hash:x16}";

    /// <summary>Whether there is nothing to read: a blank line, or a comment.</summary>
    public static bool IsBlank(string line)
    {
        ReadOnlySpan<char> text = line.AsSpan().TrimStart();
        return text.IsEmpty || text[0] is '#';
    }

    /// <summary>The address's hash; of no use if the answer is a fault.</summary>
    public LineFault? Read(string line, out ulong hash)
    {
        hash = 0;
        string text = line.Trim().Trim('"');
        if (text.Length > RequestBounds.AddressLengthMax)
        {
            return LineFault.TooLong;
        }

        if (text.StartsWith(HashMark, StringComparison.Ordinal))
        {
            bool isHash = text.Length == HashMark.Length + HashDigits && ulong.TryParse(
                text.AsSpan(HashMark.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out hash);
            hash = hashesOf is { } generation ? hasher.AdvanceBits(hash, generation) : hash;
            return !isHash ? LineFault.NotAnAddress : hashesOf is null ? LineFault.KeyMissing : null;
        }

        string form = AddressForm.Of(text);
        if (AddressForm.IsPartOfPhone(form))
        {
            if (countryCode is null)
            {
                return LineFault.CountryCodeMissing;
            }

            form = countryCode + form;
        }

        if (!AddressForm.IsWholePhone(form) && !AddressForm.IsPlainMail(form))
        {
            return LineFault.NotAnAddress;
        }

        hash = hasher.AddressBits(form);
        return null;
    }
}
