namespace Grpc.Core;

/// <summary>The peer whose certificate is in question.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem) => (TargetName, PeerPem) = (targetName, peerPem);

    public string TargetName { get; }

    /// <summary>The peer's certificate, PEM.</summary>
    public string PeerPem { get; }
}
