using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>
/// Where keys lie among all that there could be. Keys of people and pools are keyed hashes in base64url, so they lie
/// evenly: the first hundredth of the keys is a sample of a hundredth of the people.
/// </summary>
public static class KeySpace
{
    private const int CharactersRead = 8;
    private const string Ascending = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    /// <summary>0, the first, to below 1; rises with the bytes of the key.</summary>
    public static double ShareBefore(string key)
    {
        double share = 0;
        double unit = 1;
        foreach (char character in key.AsSpan(0, Math.Min(CharactersRead, key.Length)))
        {
            unit /= Ascending.Length;
            share += unit * Math.Max(0, Ascending.IndexOf(character, StringComparison.Ordinal));
        }

        return share;
    }

    /// <summary>A key of this kind for somebody whom a file calls by a name.</summary>
    public static string KeyOf(string name) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
