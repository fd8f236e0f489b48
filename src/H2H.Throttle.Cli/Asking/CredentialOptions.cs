using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using H2H.Throttle.Client;

namespace H2H.Throttle.Cli.Asking;

/// <summary>What to prove to the server who asks. Never a secret itself: command lines can be read by others.</summary>
internal sealed class CredentialOptions
{
    private const string KeyVariable = "H2H_KEY";
    private const string RootsVariable = "H2H_ROOTS";

    private readonly Option<string?> keyFile = new("--key-file")
    {
        Description = $"A file with the key or token to show; otherwise what {KeyVariable} says, itself.",
        HelpName = "file",
    };

    private readonly Option<string?> roots = new("--roots")
    {
        Description = "A PEM file with the roots that the server's certificate descends from; otherwise the file that "
            + $"{RootsVariable} names, else what this machine trusts.",
        HelpName = "file",
    };

    private readonly Option<string?> certificate = new("--certificate")
    {
        Description = "A PEM file with a certificate and its private key, for a server that asks for one.",
        HelpName = "file",
    };

    public void AddTo(Command command)
    {
        command.Add(keyFile);
        command.Add(roots);
        command.Add(certificate);
    }

    /// <exception cref="UnusableException">A file cannot be read.</exception>
    public ThrottleClientOptions Read(ParseResult parsed) => new()
    {
        Program = "h2h",
        Key = parsed.GetValue(keyFile) is { } path
            ? Read(path, static path => File.ReadAllText(path).Trim())
            : Variable(KeyVariable),
        Roots = (parsed.GetValue(roots) ?? Variable(RootsVariable)) is { } rootsPath
            ? Read(rootsPath, ReadRoots)
            : null,
        Certificate = parsed.GetValue(certificate) is { } own
            ? Read(own, static path => X509Certificate2.CreateFromPemFile(path))
            : null,
    };

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static X509Certificate2Collection ReadRoots(string path)
    {
        X509Certificate2Collection read = [];
        read.ImportFromPemFile(path);
        return read;
    }

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UnusableException($"{path} cannot be read: {error.Message}");
        }
    }
}
