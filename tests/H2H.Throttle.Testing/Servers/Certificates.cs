using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace H2H.Throttle.Testing.Servers;

/// <summary>An authority of a test's own, and a server's certificate for 127.0.0.1 that it has signed.</summary>
public sealed class Certificates : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public Certificates()
    {
        using RSA authorityKey = RSA.Create(2048);
        CertificateRequest authority = new(
            "CN=trial authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 signer = authority.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));

        using RSA key = RSA.Create(2048);
        CertificateRequest server = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = server.Create(signer, now.AddHours(-1), now.AddHours(12), [1, 2, 3]);

        File.WriteAllText(AuthorityFile, signer.ExportCertificatePem());
        File.WriteAllText(CertificateFile, signed.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public string AuthorityFile => folder.File("authority.pem");

    public string CertificateFile => folder.File("server.pem");

    public string KeyFile => folder.File("server.key");

    public void Dispose() => folder.Dispose();
}
