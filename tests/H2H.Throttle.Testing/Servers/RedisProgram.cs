using System.Diagnostics;

namespace H2H.Throttle.Testing.Servers;

/// <summary>Where the tests take Redis from: a program that is installed, or an image of a container.</summary>
internal abstract class RedisProgram
{
    private const string DefaultImage = "redis:7";
    private static readonly string[] Servers = ["redis-server", "valkey-server"];
    private static readonly Lazy<RedisProgram> Chosen = new(Choose);

    /// <summary>
    /// That of the environment's <c>REDIS_SERVER</c>, the path of a server, or <c>REDIS_IMAGE</c>; else the server on
    /// the PATH, of Redis before that of Valkey; else <c>docker run</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is none of these.</exception>
    public static RedisProgram Found => Chosen.Value;

    /// <summary>Starts a server in the foreground.</summary>
    /// <param name="name">Of no other that runs.</param>
    /// <param name="arguments">As on its command line.</param>
    public abstract Process StartServer(string name, IEnumerable<string> arguments);

    /// <summary>Starts the command line that belongs to it.</summary>
    public abstract Process StartCommand(IEnumerable<string> arguments);

    /// <summary>Sends a signal, <c>KILL</c> for one, to the server itself.</summary>
    /// <param name="name">Under which it was started.</param>
    /// <param name="server">What starting it gave.</param>
    /// <param name="signal">Without <c>SIG</c>.</param>
    public abstract void Signal(string name, Process server, string signal);

    protected static Process Start(string program, IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    protected static void Run(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        process.StandardOutput.ReadToEnd();   // it may tell what it did, or that nothing was there any more
        process.WaitForExit();
    }

    private static RedisProgram Choose()
    {
        if (Environment.GetEnvironmentVariable("REDIS_SERVER") is { Length: > 0 } server)
        {
            return new InstalledRedis(server);
        }

        if (Environment.GetEnvironmentVariable("REDIS_IMAGE") is { Length: > 0 } image)
        {
            return new ContainedRedis(image);
        }

        if (Array.Find(Servers, IsOnPath) is { } installed)
        {
            return new InstalledRedis(installed);
        }

        return IsOnPath("docker") ? new ContainedRedis(DefaultImage) : throw new InvalidOperationException(
            "These tests start redis-server or valkey-server themselves, and neither of them nor docker is on the "
            + "PATH. Install one, on Debian with: apt-get install redis-server");
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
