using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Both directions of a connection, and how many bytes have gone each way.</summary>
public interface IMeasuredDuplexPipe : IDuplexPipe
{
    long TotalBytesSent { get; }

    long TotalBytesReceived { get; }
}
