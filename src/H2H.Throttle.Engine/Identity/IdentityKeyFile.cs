using System.Collections.Immutable;
using System.Security.Cryptography;

namespace H2H.Throttle.Engine.Identity;

/// <summary>
/// Keeps the key that hashes ids and addresses: 64 hexadecimal digits in a file that only its owner may read. After a
/// rotation it has a line more, with the key it was rotated to; all lines are needed.
/// </summary>
public static class IdentityKeyFile
{
    /// <summary>The most lines: each makes every hash a little slower.</summary>
    public const int KeysMax = 16;

    /// <summary>Reads the key, or makes one if there is no file.</summary>
    /// <exception cref="IdentityKeyException">The file cannot be read or made, or holds no key.</exception>
    public static IdentityHasher LoadOrCreate(string path) => Guard(path, () =>
    {
        if (!File.Exists(path))
        {
            Create(path, []);
        }

        return new IdentityHasher(Parse(path, File.ReadAllText(path)));
    });

    /// <summary>Reads the key.</summary>
    /// <exception cref="IdentityKeyException">There is no such file, or it holds no key.</exception>
    public static IdentityHasher Load(string path) =>
        Guard(path, () => new IdentityHasher(Parse(path, File.ReadAllText(path))));

    /// <summary>
    /// The key of <paramref name="path"/> and one more, in another file: made if it is not there, and otherwise what
    /// an earlier call made of it.
    /// </summary>
    /// <exception cref="IdentityKeyException">
    /// A file cannot be read or made, or the second is no rotation of the first.
    /// </exception>
    public static IdentityHasher Rotate(string path, string rotatedPath) => Guard(rotatedPath, () =>
    {
        ImmutableArray<byte[]> keys = Parse(path, File.ReadAllText(path));
        if (keys.Length >= KeysMax)
        {
            throw new IdentityKeyException($"{path} was rotated {KeysMax - 1} times; more are not possible.");
        }

        if (!File.Exists(rotatedPath))
        {
            Create(rotatedPath, keys);
        }

        ImmutableArray<byte[]> rotated = Parse(rotatedPath, File.ReadAllText(rotatedPath));
        bool isRotation = rotated.Length == keys.Length + 1
            && keys.Zip(rotated).All(static pair => pair.First.AsSpan().SequenceEqual(pair.Second));
        return isRotation ? new IdentityHasher(rotated) : throw new IdentityKeyException(
            $"{rotatedPath} is there already and is not {path} with one more line. Name a file that is not there.");
    });

    private static IdentityHasher Guard(string path, Func<IdentityHasher> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IdentityKeyException(
                $"The identity key {path} cannot be read or made: {failure.Message}", failure);
        }
    }

    /// <param name="path">Not there yet.</param>
    /// <param name="before">The keys before the one that is made.</param>
    private static void Create(string path, ImmutableArray<byte[]> before)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string draft = $"{path}.{Guid.NewGuid():N}";
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream file = new(draft, options))
        {
            byte[] made = RandomNumberGenerator.GetBytes(IdentityHasher.KeyBytes);
            file.Write(System.Text.Encoding.ASCII.GetBytes(
                string.Concat(before.Append(made).Select(static key => $"{Convert.ToHexStringLower(key)}\n"))));
            file.Flush(flushToDisk: true);
        }

        // A key is never replaced: if another process made one in between, that one holds.
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    private static ImmutableArray<byte[]> Parse(string path, string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length is 0 or > KeysMax || !lines.All(IsKey))
        {
            throw new IdentityKeyException(
                $"{path} is no identity key: it must hold {IdentityHasher.KeyBytes * 2} hexadecimal digits, and such a "
                + "line more for each rotation. Restore it from a backup; with a new key no stored person would be "
                + "found again.");
        }

        return [.. lines.Select(Convert.FromHexString)];
    }

    private static bool IsKey(string line) =>
        line.Length == IdentityHasher.KeyBytes * 2 && line.All(char.IsAsciiHexDigit);
}
