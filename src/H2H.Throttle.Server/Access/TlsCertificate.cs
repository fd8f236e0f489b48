using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace H2H.Throttle.Server.Access;

/// <summary>The server's certificate and the callers' roots, from files that may change while it runs.</summary>
internal sealed class TlsCertificate(TlsOptions options, TimeProvider clock)
{
    private readonly WatchedFile<SslStreamCertificateContext> own =
        new(options.CertificatePath, path => ReadOwn(path, options.KeyPath), clock);

    private readonly WatchedFile<X509Certificate2Collection?> roots = new(options.ClientRootsPath, ReadRoots, clock);

    /// <exception cref="Start.StartException">A file cannot be read.</exception>
    public void Load()
    {
        own.Load();
        roots.Load();
    }

    /// <summary>How one more connection is encrypted.</summary>
    /// <remarks>
    /// A caller without a certificate gets as far as the pages that are for everybody; <see cref="Doorkeeper"/> refuses
    /// its calls.
    /// </remarks>
    public SslServerAuthenticationOptions ForHandshake()
    {
        X509Certificate2Collection? trusted = roots.Current;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = own.Current,
            ClientCertificateRequired = trusted is not null,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                trusted is null || certificate is null
                || (certificate is X509Certificate2 shown && IsTrusted(shown, trusted)),
        };
    }

    private static bool IsTrusted(X509Certificate2 shown, X509Certificate2Collection trusted)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;   // whoever must go is taken out of the roots
        return chain.Build(shown);
    }

    private static SslStreamCertificateContext ReadOwn(string path, string keyPath)
    {
        X509Certificate2 certificate =
            X509Certificate2.CreateFromPemFile(path, keyPath.Length == 0 ? null : keyPath);
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(path);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private static X509Certificate2Collection? ReadRoots(string path)
    {
        if (path.Length == 0)
        {
            return null;
        }

        X509Certificate2Collection read = [];
        read.ImportFromPemFile(path);
        return read.Count > 0 ? read : throw new FormatException("it has no certificate in PEM.");
    }
}
