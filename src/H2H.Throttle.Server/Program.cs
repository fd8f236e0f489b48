using H2H.Throttle.Server;
using H2H.Throttle.Server.Health;
using H2H.Throttle.Server.Start;

// Ends with 0 when it was asked to stop, with 1 if it could not start. With `probe` as its first word it asks the
// server that runs with the same settings whether it is ready, for containers that have no other program to ask with.
try
{
    if (args is ["probe", .. string[] settings])
    {
        return await Probe.RunAsync(settings);
    }

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
