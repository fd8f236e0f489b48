using System.Diagnostics;

namespace H2H.Throttle.Testing.Servers;

/// <summary>A server in a container, with the network and the temporary files of this machine.</summary>
/// <param name="image">Has <c>redis-server</c> and <c>redis-cli</c> on its PATH.</param>
/// <remarks>What was started here is only its client, so signals go to the container by its name.</remarks>
internal sealed class ContainedRedis(string image) : RedisProgram
{
    private const string Docker = "docker";

    public override Process StartServer(string name, IEnumerable<string> arguments) =>
        Start(Docker, ["run", "--rm", "--name", name, .. Surroundings, "redis-server", .. arguments]);

    public override Process StartCommand(IEnumerable<string> arguments) =>
        Start(Docker, ["run", "--rm", .. Surroundings, "redis-cli", .. arguments]);

    public override void Signal(string name, Process server, string signal) =>
        Run(Docker, "kill", "--signal", signal, name);

    // The user of this process, by what the kernel says of it: its files are this user's.
    private string[] Surroundings =>
    [
        "--network", "host", "--user", $"{IdOf("-u")}:{IdOf("-g")}",
        "--volume", $"{Path.GetTempPath()}:{Path.GetTempPath()}", image,
    ];

    private static string IdOf(string option)
    {
        using Process id = Start("id", [option]);
        return id.StandardOutput.ReadToEnd().Trim();
    }
}
