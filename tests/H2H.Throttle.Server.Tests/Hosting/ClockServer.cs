namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>
/// A server as it runs in earnest: its own clock decides, and a request's time may not be far from it.
/// </summary>
public sealed class ClockServer() : TestServer("--Throttle:TimeSkewMaxMs=60000");
