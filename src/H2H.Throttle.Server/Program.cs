using H2H.Throttle.Server.Http;
using H2H.Throttle.Server.Start;

namespace H2H.Throttle.Server;

/// <summary>The server, as a table of contents. Ends with 0 when it was asked to stop, with 1 if it could not start.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            await using WebApplication app = Build(args);
            await app.StartAsync();
            await Console.Out.WriteLineAsync(Greeting.For(app));
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception error) when (StartFailure.Explain(error) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
    }

    public static WebApplication Build(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.AddQuietConsole();
        builder.Services.AddServerOptions();
        builder.Services.AddCalls();
        builder.WebHost.ListenOnLoopback();

        WebApplication app = builder.Build();
        app.UseConnect();
        app.MapCalls();
        app.MapNothingElse();
        return app;
    }
}
