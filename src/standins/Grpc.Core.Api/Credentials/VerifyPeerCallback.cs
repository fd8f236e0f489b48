namespace Grpc.Core;

/// <summary>True if the peer is who it should be, judged beside what TLS itself checks.</summary>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);
