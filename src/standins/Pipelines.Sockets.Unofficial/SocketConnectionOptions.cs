namespace Pipelines.Sockets.Unofficial;

/// <summary>How a connection treats its socket; there is nothing to choose here.</summary>
[Flags]
public enum SocketConnectionOptions
{
    None = 0,
}
