namespace Grpc.Core;

/// <summary>A certificate and its private key, both PEM.</summary>
public sealed class KeyCertificatePair
{
    public KeyCertificatePair(string certificateChain, string privateKey)
    {
        ArgumentNullException.ThrowIfNull(certificateChain);
        ArgumentNullException.ThrowIfNull(privateKey);
        (CertificateChain, PrivateKey) = (certificateChain, privateKey);
    }

    public string CertificateChain { get; }

    public string PrivateKey { get; }
}
