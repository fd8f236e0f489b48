namespace H2H.Throttle.Server.Tests.Access;

/// <summary>A guarded server with no settings of its own.</summary>
public sealed class AskingServer : GuardedServer;
