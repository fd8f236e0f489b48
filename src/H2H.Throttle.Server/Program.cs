using H2H.Throttle.Server;
using H2H.Throttle.Server.Start;

// Ends with 0 when it was asked to stop, with 1 if it could not start.
try
{
    await using ThrottleServer server = new(args);
    await server.StartAsync(CancellationToken.None);
    await Console.Out.WriteLineAsync(server.Greeting);
    await server.WaitForShutdownAsync();
    return 0;
}
catch (Exception error) when (StartFailure.Explain(error) is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return 1;
}
