namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>A server that believes what a request says of the time, so that a test can live through days.</summary>
public sealed class ReplayServer() : TestServer("--Throttle:TrustRequestTime=true");
