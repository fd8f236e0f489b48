using System.Security.Cryptography;

namespace H2H.Throttle.Engine.Identity;

/// <summary>
/// Keeps the key that hashes ids and addresses: 64 hexadecimal digits in a file that only its owner may read.
/// </summary>
public static class IdentityKeyFile
{
    /// <summary>Reads the key, or makes one if there is no file.</summary>
    /// <exception cref="IdentityKeyException">The file cannot be read or made, or holds no key.</exception>
    public static byte[] LoadOrCreate(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }

            return Parse(path, File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IdentityKeyException($"The identity key {path} cannot be read or made: {failure.Message}",
                failure);
        }
    }

    private static void Create(string path)
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
            file.Write(System.Text.Encoding.ASCII.GetBytes(
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdentityHasher.KeyBytes)) + "\n"));
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

    private static byte[] Parse(string path, string text)
    {
        string digits = text.Trim();
        if (digits.Length != IdentityHasher.KeyBytes * 2 || !digits.All(char.IsAsciiHexDigit))
        {
            throw new IdentityKeyException(
                $"{path} is no identity key: it must hold {IdentityHasher.KeyBytes * 2} hexadecimal digits. "
                + "Restore it from a backup; with a new key no stored person would be found again.");
        }

        return Convert.FromHexString(digits);
    }
}
