namespace Pipelines.Sockets.Unofficial;

/// <summary>The other end, or the network, broke the connection off.</summary>
public sealed class ConnectionResetException : IOException
{
    public ConnectionResetException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
