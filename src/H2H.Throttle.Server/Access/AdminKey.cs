using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Start;

namespace H2H.Throttle.Server.Access;

/// <summary>The one key that is not in the store: an admin's, in a file, to make the others with.</summary>
internal sealed class AdminKey(AccessOptions options, TimeProvider clock)
{
    public const int LengthMin = 32;

    private readonly WatchedFile<byte[]?> hash = new(options.AdminKeyPath, Read, clock);

    /// <exception cref="StartException">It cannot be read, or is too short.</exception>
    public void Load() => hash.Load();

    public Caller? Find(string text) =>
        hash.Current is { } known
        && CryptographicOperations.FixedTimeEquals(known, SHA256.HashData(Encoding.UTF8.GetBytes(text)))
            ? new Caller("admin key file", Role.Admin, []) { Kind = ActorKind.AdminKey }
            : null;

    private static byte[]? Read(string path)
    {
        if (path.Length == 0)
        {
            return null;
        }

        string text = File.ReadAllText(path).Trim();
        return text.Length >= LengthMin
            ? SHA256.HashData(Encoding.UTF8.GetBytes(text))
            : throw new StartException(
                $"the admin key in {path} has {text.Length} characters; make one of at least {LengthMin}, "
                + "for example with: openssl rand -hex 32");
    }
}
