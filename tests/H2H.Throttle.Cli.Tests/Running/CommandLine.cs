namespace H2H.Throttle.Cli.Tests.Running;

/// <summary>Runs <c>h2h</c> to its end.</summary>
internal static class CommandLine
{
    public static async Task<Ended> RunAsync(params string[] arguments)
    {
        using RunningCommand command = RunningCommand.Start(arguments);
        return await command.EndAsync();
    }
}
