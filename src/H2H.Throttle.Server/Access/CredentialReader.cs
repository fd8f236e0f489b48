using System.Text;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Errors;
using Microsoft.Extensions.Primitives;

namespace H2H.Throttle.Server.Access;

/// <summary>Reads who calls from <c>authorization: Bearer …</c>: an admin's key file, a key, or a token.</summary>
/// <remarks>
/// Those who can only send a user and a password send the key as the password, with any user (RFC 7617, in UTF-8).
/// </remarks>
internal sealed class CredentialReader(AdminKey admin, KeyRing keys, TokenReader tokens)
{
    private const string Scheme = "Bearer ";
    private const string PasswordScheme = "Basic ";

    /// <exception cref="RefusedException">It is missing, or nobody's.</exception>
    public async ValueTask<Caller> ReadAsync(StringValues header, CancellationToken cancellation)
    {
        if (header is not [{ Length: > 0 } value])
        {
            throw AccessErrorWire.NoCredentials();
        }

        string text = value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value[Scheme.Length..].Trim()
            : PasswordIn(value);
        Caller? caller = keys.Find(text) ?? admin.Find(text);
        if (caller is not null)
        {
            return caller;
        }

        // A key that may have been made elsewhere, while the store cannot be asked, is no wrong key.
        if (!keys.IsKnown && KeyText.TryParse(text, out _))
        {
            throw AccessErrorWire.KeysUnknown();
        }

        return await tokens.FindAsync(text, cancellation) ?? throw AccessErrorWire.WrongCredentials();
    }

    private static string PasswordIn(string value)
    {
        byte[] bytes = new byte[value.Length];
        return value.StartsWith(PasswordScheme, StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(value[PasswordScheme.Length..].Trim(), bytes, out int length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password]
            ? password
            : "";
    }
}
